import { InputError, messageOf } from "@/lib/base/errors.ts";
import { createExclusive } from "@/lib/base/files.ts";
import { type Manifest, manifestName, verifyArtifact } from "@/lib/store/manifest.ts";

/** A folder of artifacts, one folder each, named by the keys of their steps. */
export interface Store {
  /** Its absolute path. */
  readonly root: string;
}

/** What the store holds of a step. */
export type Found =
  | { readonly state: "cached"; readonly manifest: Manifest }
  | { readonly state: "missing" }
  | { readonly state: "corrupt"; readonly problem: string };

// Raised when the layout on disk changes.
const format = '{"format":1}\n';

/**
 * Opens a store, making it where there is none.
 *
 * @throws {InputError} If the folder cannot be written, or was laid out by another version.
 */
export async function openStore(folder: string): Promise<Store> {
  const place = `Store ${folder}`;
  try {
    for (const name of ["artifacts", "claims", "memo", "tmp"]) {
      await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    }
    const root = await Deno.realPath(folder);
    await createExclusive(`${root}/format.json`, format);
    const found = await Deno.readTextFile(`${root}/format.json`);
    if (found !== format) {
      throw new InputError(
        place,
        `its layout is ${found.trim()}, not ${format.trim()}`,
        "Choose another folder with --store",
      );
    }
    return { root };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      place,
      `it cannot be used (${messageOf(error)})`,
      "Choose another folder with --store",
    );
  }
}

/** The folder in which the artifact of a step stands, or will. */
export function artifactFolder(store: Store, key: string): string {
  return `${store.root}/artifacts/${key.slice(0, 2)}/${key}`;
}

/** Looks up a step's artifact and verifies every byte of it. */
export async function findArtifact(store: Store, key: string): Promise<Found> {
  try {
    const found = await verifyArtifact(artifactFolder(store, key), key);
    return typeof found === "string"
      ? { state: "corrupt", problem: found }
      : { state: "cached", manifest: found };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      return { state: "corrupt", problem: `${manifestName} cannot be read (${messageOf(error)})` };
    }
    return { state: "missing" };
  }
}
