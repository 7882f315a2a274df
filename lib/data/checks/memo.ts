import type * as z from "zod";
import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";

/**
 * Returns what was computed before under the same key, or computes and keeps it. A file that is damaged, of an older
 * form or not to be read counts as absent.
 *
 * @param key Everything that the value depends on.
 * @param options `folder` keeps the values, one file each, and is made when missing; where it is `null` or cannot be written,
 * nothing is kept. `schema` tells a whole value from a damaged one; `onUse` is told its path.
 */
export async function memoised<T extends Json>(
  key: Json,
  options: {
    readonly folder: string | null;
    readonly schema: z.ZodType<T>;
    readonly compute: () => Promise<T>;
    readonly onUse?: (path: string) => void;
  },
): Promise<T> {
  if (options.folder === null) return await options.compute();
  const path = `${options.folder}/${sha256(canonicalJson(key))}.json`;
  options.onUse?.(path);
  const kept = options.schema.safeParse(await readJson(path));
  if (kept.success) return kept.data;
  const value = await options.compute();
  try {
    await Deno.mkdir(options.folder, { recursive: true });
    await writeAtomic(path, `${canonicalJson(value)}\n`);
  } catch {
    // A colleague's store, or a full disk: the value is right all the same.
  }
  return value;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return undefined;
  }
}
