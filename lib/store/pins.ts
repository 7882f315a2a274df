import * as z from "zod";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { exists, namesIn, writeAtomic } from "@/lib/base/files.ts";
import type { Store } from "@/lib/store/store.ts";

/** Artifacts that are kept whatever experiments ask for, with all that they were made from. */
export interface Pin {
  /** What was pinned: an experiment's id, or a step's key. */
  readonly name: string;
  readonly keys: readonly string[];
  /** When, ISO 8601, UTC. */
  readonly at: string;
}

const written: z.ZodType<Pin> = z.strictObject({
  name: z.string(),
  keys: z.array(z.string()),
  at: z.string(),
});

/**
 * Every pin of a store.
 *
 * @throws {InputError} If one cannot be read: what it keeps is not known.
 */
export async function readPins(store: Store): Promise<readonly Pin[]> {
  const names = (await namesIn(folderOf(store))).filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(names.map(async (name) => {
    const path = `${folderOf(store)}/${name}`;
    try {
      return written.parse(JSON.parse(await Deno.readTextFile(path)));
    } catch (error) {
      throw new InputError(
        path,
        "this pin cannot be read, so that it is not known what it keeps",
        "Remove the file and pin again what is to be kept (gc --pin)",
        { cause: error },
      );
    }
  }));
}

/** Keeps artifacts from now on, in place of what was kept under the same name. */
export async function writePin(store: Store, pin: Pin): Promise<void> {
  await Deno.mkdir(folderOf(store), { recursive: true });
  await writeAtomic(pathOf(store, pin.name), `${canonicalJson(pin)}\n`);
}

/** @returns Whether there was such a pin. */
export async function removePin(store: Store, name: string): Promise<boolean> {
  if (!await exists(pathOf(store, name))) return false;
  await Deno.remove(pathOf(store, name));
  return true;
}

function folderOf({ root }: Store): string {
  return `${root}/pins`;
}

function pathOf(store: Store, name: string): string {
  return `${folderOf(store)}/${name}.json`;
}
