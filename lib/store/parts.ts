import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Store } from "@/lib/store/store.ts";

/** Something by whose hash manifests and recipes name it: code by its modules, a data set by what identifies it. */
export type Parts = { readonly [name: string]: Json };

/** The hash by which parts are named. */
export function partsHash(parts: Parts): string {
  return sha256(canonicalJson(parts));
}

/** The folder of the files that say what hashes are of. */
export function partsFolder({ root }: Store): string {
  return `${root}/parts`;
}

/**
 * Keeps what hashes are of, a file each, so that two that differ can be told apart part by part. It serves to explain and nothing
 * else: one that cannot be kept costs no step.
 */
export async function keepParts(store: Store, all: Iterable<Parts>): Promise<void> {
  for (const parts of new Set(all)) {
    const hash = partsHash(parts);
    if (await readParts(store, hash) !== undefined) continue;
    await writeAtomic(pathOf(store, hash), `${canonicalJson(parts)}\n`).catch(() => {});
  }
}

/** What a hash is of; nothing where the store does not say, or what it says is damaged. */
export async function readParts(store: Store, hash: string): Promise<Parts | undefined> {
  try {
    const text = await Deno.readTextFile(pathOf(store, hash));
    return sha256(text.trimEnd()) === hash ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(store: Store, hash: string): string {
  return `${partsFolder(store)}/${hash}.json`;
}
