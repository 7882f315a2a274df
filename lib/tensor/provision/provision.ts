import { InputError, messageOf } from "@/lib/base/errors.ts";
import { exists, writeAtomic } from "@/lib/base/files.ts";
import { withLease } from "@/lib/base/lease.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { inspectCache, type LibraryManifest } from "@/lib/tensor/provision/cache.ts";
import type { Contents, FetchOptions } from "@/lib/tensor/provision/contents.ts";
import { checkSpace, explainDiskError, isDiskError } from "@/lib/tensor/provision/disk.ts";
import { fetchArchive, unpackArchive } from "@/lib/tensor/provision/fetch_archive.ts";
import {
  type FetchedWheel,
  fetchWheels,
  unpackWheels,
} from "@/lib/tensor/provision/fetch_wheels.ts";
import { sizeOfTree } from "@/lib/tensor/provision/progress.ts";
import { type Archive, downloadBytes } from "@/lib/tensor/provision/wheel.ts";

/** How the library is fetched. */
export type ProvisionOptions = Pick<FetchOptions, "package"> & Partial<FetchOptions>;

/**
 * Fetches the libraries of a package into a folder, unless they are there and whole: out of its Python wheels, or where
 * those are not to be had, out of the archive, if the package has one.
 *
 * The folder appears whole or not at all. Processes that want the same wait for the first; a download that was cut off
 * is gone on with.
 *
 * @throws {InputError} If the libraries are not to be had or the folder cannot be written, with what to do.
 */
export async function provision(folder: string, options: ProvisionOptions): Promise<void> {
  const full = { onProgress: () => {}, environment: {}, ...options };
  const parent = folder.slice(0, folder.lastIndexOf("/")) || "/";
  try {
    await Deno.mkdir(parent, { recursive: true });
    const onWait = () => full.onProgress({ stage: "wait", bytes: 0 });
    // So named because other versions of this project, which share the folder, look there.
    await withLease(`${folder}.lock`, { onWait }, () => fill(folder, full));
  } catch (error) {
    throw explainDiskError(error, parent);
  }
}

async function fill(folder: string, options: FetchOptions): Promise<void> {
  if ((await inspectCache(folder)).state === "ok") return;
  // Everything unfinished lies here, so that one removal clears it.
  const workshop = `${folder}.download`;
  await Deno.mkdir(workshop, { recursive: true });
  try {
    await removeFolders(workshop);
    const { title, installedBytes } = options.package;
    const needed = downloadBytes(options.package) + installedBytes - await sizeOfTree(workshop);
    await checkSpace(workshop, { title, needed });
    const temporary = await Deno.makeTempDir({ dir: workshop });
    // Others of the person's group may use the cache; a temporary folder is for its maker alone.
    await Deno.chmod(temporary, 0o755);
    await writeManifest(temporary, await fetchContents(workshop, temporary, options));
    await putInPlace(temporary, folder);
  } catch (error) {
    // Where a lease was wrongly taken for a dead one's, another may have finished and cleared the workshop.
    if ((await inspectCache(folder)).state !== "ok") throw error;
  }
  await Deno.remove(workshop, { recursive: true }).catch(() => {});
}

/** Removes what an attempt that died was taking out of wheels; the wheels themselves are gone on with. */
async function removeFolders(workshop: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(workshop)) {
    if (isDirectory) await Deno.remove(`${workshop}/${name}`, { recursive: true });
  }
}

async function fetchContents(
  workshop: string,
  folder: string,
  options: FetchOptions,
): Promise<Contents> {
  let wheels: readonly FetchedWheel[];
  try {
    wheels = await fetchWheels(workshop, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { archive, instead } = options.package;
    const { place, problem, remedy } = error;
    const reason = new InputError(place, problem, `${remedy}. ${instead}`);
    if (archive === undefined) throw reason;
    const path = await fetchArchiveInstead(archive, workshop, { ...options, reason });
    return await unpackArchive(archive, path, { ...options, folder });
  }
  return await unpackWheels(wheels, folder, options);
}

async function fetchArchiveInstead(
  archive: Archive,
  workshop: string,
  options: FetchOptions & { readonly reason: InputError },
): Promise<string> {
  try {
    return await fetchArchive(archive, workshop, options);
  } catch (error) {
    if (isDiskError(error)) throw error;
    const { place, problem, remedy } = options.reason;
    throw new InputError(
      place,
      `${problem}; the archive of TensorFlow's C library, tried instead, is not to be had either: ` +
        messageOf(error),
      remedy,
    );
  }
}

async function writeManifest(folder: string, contents: Contents): Promise<void> {
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const file of contents.files) {
    const path = `${folder}/${file}`;
    files[file] = { bytes: (await Deno.stat(path)).size, sha256: await sha256File(path) };
  }
  const manifest: LibraryManifest = { ...contents, files };
  await writeAtomic(`${folder}/manifest.json`, JSON.stringify(manifest, undefined, 2) + "\n");
}

/** Renames a finished folder into place; a damaged one there makes room first, and processes that use it keep it. */
async function putInPlace(temporary: string, folder: string): Promise<void> {
  if (await exists(folder)) {
    const old = `${temporary}.old`;
    await Deno.rename(folder, old);
    await Deno.remove(old, { recursive: true });
  }
  await Deno.rename(temporary, folder);
}
