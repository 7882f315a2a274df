import { InputError } from "@/lib/base/errors.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";

/** What stands in the cache beside the libraries: written last, so that its presence says that they are whole. */
export interface LibraryManifest {
  /** The package's version. */
  readonly version: string;
  /** The library to open. */
  readonly library: string;
  /** The wheels, or the archive, that the files were taken out of. */
  readonly sources: readonly Source[];
  /** By their paths in the folder. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** A file that was fetched, by its name and checksum. */
export interface Source {
  readonly name: string;
  readonly sha256: string;
}

/** The state of a cached library; `problem` says what is wrong with a broken one. */
export type CacheState =
  | { readonly state: "ok"; readonly manifest: LibraryManifest }
  | { readonly state: "missing" }
  | { readonly state: "broken"; readonly problem: string };

/**
 * The folder in which this project keeps libraries.
 *
 * @throws {InputError} If the environment names no place for it.
 */
export function cacheRoot(): string {
  const own = Deno.env.get("WHEN_CONTRASTIVE_LIBRARIES");
  if (own) return own;
  const xdg = Deno.env.get("XDG_CACHE_HOME");
  if (xdg) return `${xdg}/when-contrastive`;
  const home = Deno.env.get("HOME");
  if (home) return `${home}/.cache/when-contrastive`;
  throw new InputError(
    "HOME",
    "it is not set, so there is no place to keep libraries",
    "Set HOME, or WHEN_CONTRASTIVE_LIBRARIES to a folder",
  );
}

/** The folder of one version for this machine; what computes on different devices lies side by side. */
export function cacheFolder(
  { name, version, target }: Pick<LibraryPackage, "name" | "version" | "target">,
  root = cacheRoot(),
): string {
  const { os, arch } = Deno.build;
  return `${root}/${name}-${version}-${os}-${arch}-${target}`;
}

/**
 * Looks whether a cached library is whole.
 *
 * @param options.hashes Also compare checksums (seconds); sizes are compared always.
 */
export async function inspectCache(
  folder: string,
  options: { hashes?: boolean } = {},
): Promise<CacheState> {
  const manifest = await readManifest(`${folder}/manifest.json`);
  if (manifest === "missing") return { state: "missing" };
  if (manifest === undefined) return broken("its manifest.json cannot be read");
  for (const [name, expected] of Object.entries(manifest.files)) {
    const info = await Deno.stat(`${folder}/${name}`).catch(() => undefined);
    if (info === undefined) return broken(`${name} is missing`);
    if (info.size !== expected.bytes) {
      return broken(`${name} has ${info.size} bytes instead of ${expected.bytes}`);
    }
    if (options.hashes && await sha256File(`${folder}/${name}`) !== expected.sha256) {
      return broken(`${name} has another checksum than when it was fetched`);
    }
  }
  return { state: "ok", manifest };
}

function broken(problem: string): CacheState {
  return { state: "broken", problem };
}

async function readManifest(path: string): Promise<LibraryManifest | "missing" | undefined> {
  try {
    const read = JSON.parse(await Deno.readTextFile(path)) as LibraryManifest;
    return read.files[read.library] === undefined ? undefined : read;
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "missing" : undefined;
  }
}
