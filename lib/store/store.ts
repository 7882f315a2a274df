import { resolve } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { createExclusive, exists, namesIn } from "@/lib/base/files.ts";
import {
  checkFolderName,
  type FolderUse,
  isProbe,
  nearestFolder,
  tryFolder,
} from "@/lib/base/folders.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import { artifactPath } from "@/lib/store/artifact_path.ts";
import { type Manifest, manifestName, readManifest, wrongFile } from "@/lib/store/manifest.ts";
import { type Head, verifiedHead, verifiedOnce } from "@/lib/store/verified.ts";

/** A folder of artifacts, one folder each, named by the keys of their steps. */
export interface Store {
  /** Its absolute path. */
  readonly root: string;
}

/** A store that was looked for. */
export interface FoundStore extends Store {
  /** Whether it is there; one that is not holds nothing. */
  readonly made: boolean;
}

/** What the store holds of a step. */
export type Found<M = Manifest> =
  | { readonly state: "cached"; readonly manifest: M }
  | { readonly state: "missing" }
  | { readonly state: "corrupt"; readonly problem: string };

// Raised when the layout on disk changes.
const form = 1;
const format = `{"format":${form}}\n`;
const formatName = "format.json";
const formatPattern = /^\{"format":(\d+)\}\n$/;
// What another process holds for a moment that makes the same store, and leaves if it is killed then.
const formatUnderWay = /^format\.json\.\d+\.[0-9a-f]{8}\.tmp$/;

// Leases lie in "claims", where processes of earlier versions look for them.
const folders = [
  ...["artifacts", "attempts", "checkpoints", "claims", "logs", "memo", "parts", "plans"],
  "tmp",
];
const remedy = "Choose another folder with --store";

/**
 * Opens a store to read it; makes nothing and changes nothing.
 *
 * @param named Where its name stands, if not in `--store`, and what to give there instead of what cannot serve.
 * @throws {InputError} If the folder is something else than a store, cannot be read or, where it is not there, not be made.
 */
export async function findStore(folder: string, named?: FolderUse): Promise<FoundStore> {
  return await opening(folder, named, async (use) => {
    const made = await isStore(folder, use);
    if (!made) await tryFolder(folder, use);
    return { root: await rootOf(folder), made };
  });
}

/**
 * Opens a store to write into it, making it where there is none. A folder that is there already is taken only if it is empty or
 * a store, so that nothing of anybody else's is ever among what a store removes.
 *
 * @param named As for {@linkcode findStore}.
 * @throws {InputError} If the folder is something else than a store, cannot be written, or was laid out by another version.
 */
export async function openStore(folder: string, named?: FolderUse): Promise<FoundStore> {
  return await opening(folder, named, async (use) => {
    if (!await isStore(folder, use)) {
      await tryFolder(folder, use);
      await Deno.mkdir(folder, { recursive: true });
      // First of all, so that whoever sees any other part of it sees that it is a store.
      await createExclusive(`${folder}/${formatName}`, format);
      await isStore(folder, use);
    }
    for (const name of folders) {
      const part = `${folder}/${name}`;
      await Deno.mkdir(part, { recursive: true });
      await tryFolder(part, { ...use, remedy: `${remedy}; plan and report can read this one` });
    }
    return { root: await rootOf(folder), made: true };
  });
}

async function opening(
  folder: string,
  named: FolderUse | undefined,
  open: (use: FolderUse) => Promise<FoundStore>,
): Promise<FoundStore> {
  const use = { place: `Store ${folder || '""'}`, remedy };
  try {
    checkFolderName(folder, use);
    await nearestFolder(folder);
    return await open(use);
  } catch (error) {
    const told = error instanceof InputError
      ? error
      : new InputError(use.place, `it cannot be used (${wordsOf(error)})`, remedy);
    if (named === undefined) throw told;
    throw new InputError(named.place, told.problem, named.remedy, { cause: error });
  }
}

async function rootOf(folder: string): Promise<string> {
  return await exists(folder) ? await Deno.realPath(folder) : resolve(folder);
}

/**
 * Whether a folder is a store; `false` for one that is empty or not there.
 *
 * @throws {InputError} If it is neither.
 */
async function isStore(folder: string, { place }: FolderUse): Promise<boolean> {
  const others = (await namesIn(folder))
    .filter((name) => !formatUnderWay.test(name) && !isProbe(name)).sort();
  // Read after the listing: what another process has made of the store by then was made after this file.
  const found = await readFormat(folder);
  if (found === format) return true;
  if (found === null) {
    if (others.length === 0) return false;
    throw new InputError(
      place,
      `it holds ${
        firstOf(others)
      } but no ${formatName} of a store, so this project did not make it`,
      "Give --store a folder that is empty or does not exist yet",
    );
  }
  const other = formatPattern.exec(found)?.[1];
  if (other === undefined) {
    throw new InputError(place, `its ${formatName} is not that of a store`, remedy);
  }
  throw new InputError(
    place,
    `its format is ${other}, and this version reads and writes format ${form}`,
    `${remedy}, or move this one away: its steps are then run again`,
  );
}

async function readFormat(folder: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(`${folder}/${formatName}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The first few of many names. */
function firstOf(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.slice(0, 3).join(", ")}${more}`;
}

/** The folder in which the artifact of a step stands, or will. */
export function artifactFolder(store: Store, key: string): string {
  return `${store.root}/${artifactPath(key)}`;
}

/**
 * Looks up a step's artifact and verifies every byte of it, the bytes of its files once: what looks as it did when it was
 * verified is not read again.
 *
 * @param only The names of the files that will be read: others are not even looked at.
 */
export async function findArtifact(
  store: Store,
  key: string,
  only?: readonly string[],
): Promise<Found> {
  const folder = artifactFolder(store, key);
  try {
    const manifest = await readManifest(folder, key);
    if (typeof manifest === "string") return { state: "corrupt", problem: manifest };
    const problem = only === undefined
      ? await verifiedOnce(store.root, { manifest, folder }, () => wrongFile(folder, manifest))
      : await wrongFile(folder, { files: pick(manifest.files, only) });
    return problem === undefined ? { state: "cached", manifest } : { state: "corrupt", problem };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      return { state: "corrupt", problem: `${manifestName} cannot be read (${wordsOf(error)})` };
    }
    return { state: "missing" };
  }
}

function pick(files: Manifest["files"], names: readonly string[]): Manifest["files"] {
  return Object.fromEntries(Object.entries(files).filter(([name]) => names.includes(name)));
}

/** The same of an artifact's head alone, which needs not even the manifest to be read where nothing looks changed. */
export async function findHead(store: Store, key: string): Promise<Found<Head>> {
  const head = await verifiedHead(store.root, { key, folder: artifactFolder(store, key) });
  return head === undefined ? await findArtifact(store, key) : { state: "cached", manifest: head };
}
