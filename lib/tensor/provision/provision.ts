import { InputError } from "@/lib/base/errors.ts";
import { exists, writeAtomic } from "@/lib/base/files.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { fileName, inspectCache, type LibraryManifest } from "@/lib/tensor/provision/cache.ts";
import { download } from "@/lib/tensor/provision/download.ts";
import { extractMembers } from "@/lib/tensor/provision/extract.ts";
import { withLock } from "@/lib/tensor/provision/lock.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/package.ts";
import { askPip, pipDownload } from "@/lib/tensor/provision/pip.ts";
import { type OnProgress, stageProgress, whileWatching } from "@/lib/tensor/provision/progress.ts";

/** How the library is fetched. */
export interface ProvisionOptions {
  readonly package: LibraryPackage;
  readonly onProgress?: OnProgress;
  /** Variables for Python besides those of this process, such as pip's own settings. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Attempts at one address; each goes on where the last stopped. */
const ATTEMPTS = 3;

/**
 * Fetches TensorFlow's libraries out of its Python wheel into a folder, unless they are there and whole.
 *
 * The folder appears whole or not at all. Processes that want the same wait for the first; a download that was cut off
 * is gone on with.
 *
 * @throws {InputError} If Python, pip or the wheel is not to be had, with what to do.
 */
export async function provision(folder: string, options: ProvisionOptions): Promise<void> {
  const { onProgress = () => {} } = options;
  await Deno.mkdir(parentOf(folder), { recursive: true });
  const onWait = () => onProgress({ stage: "wait", bytes: 0 });
  await withLock(`${folder}.lock`, { onWait }, async () => {
    if ((await inspectCache(folder, options.package)).state === "ok") return;
    // Everything unfinished lies here, so that one removal clears what dead attempts left too.
    const workshop = `${folder}.download`;
    await Deno.mkdir(workshop, { recursive: true });
    try {
      const wheel = await fetchWheel(workshop, { ...options, onProgress });
      await install(wheel, workshop, { ...options, onProgress, folder });
    } catch (error) {
      // Where a lock was wrongly taken for a dead one's, another may have finished and cleared the workshop.
      if ((await inspectCache(folder, options.package)).state !== "ok") throw error;
    }
    await Deno.remove(workshop, { recursive: true }).catch(() => {});
  });
}

interface Wheel {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
}

type Options = ProvisionOptions & { readonly onProgress: OnProgress };

async function fetchWheel(folder: string, options: Options): Promise<Wheel> {
  const { onProgress, environment = {} } = options;
  onProgress({ stage: "ask", bytes: 0 });
  const address = await askPip(options.package, { environment });
  if (address !== undefined) {
    // The checksum in the name: what is left of another file is never gone on with.
    const path = `${folder}/${address.sha256.slice(0, 16)}.part`;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        await download(address, path, { onProgress });
        return { path, name: address.name, sha256: address.sha256 };
      } catch {
        // Not the end: pip knows ways that this process does not (certificates, passwords), and says why if it fails.
      }
    }
  }
  return await fetchByPip(`${folder}/pip`, options);
}

async function fetchByPip(folder: string, options: Options): Promise<Wheel> {
  await Deno.mkdir(folder, { recursive: true });
  const report = stageProgress(options.onProgress, "download");
  // pip writes to its temporary folder first; there its progress can be seen.
  const environment = { ...options.environment, TMPDIR: await Deno.realPath(folder) };
  await whileWatching(
    folder,
    report,
    () => pipDownload(options.package, folder, { environment }),
  );
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".whl")) continue;
    const path = `${folder}/${name}`;
    return { path, name, sha256: await sha256File(path) };
  }
  throw new InputError("pip", "it reports success but left no wheel", "Try again");
}

async function install(
  wheel: Wheel,
  workshop: string,
  options: Options & { readonly folder: string },
): Promise<void> {
  const { environment = {}, folder, onProgress } = options;
  const { libraries, name, version } = options.package;
  const temporary = await Deno.makeTempDir({ dir: workshop });
  // Others of the person's group may use the cache; a temporary folder is for its maker alone.
  await Deno.chmod(temporary, 0o755);
  await whileWatching(
    temporary,
    stageProgress(onProgress, "extract"),
    () => extractMembers(wheel.path, temporary, { members: libraries, environment }),
  );
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const library of libraries.map(fileName)) {
    const path = `${temporary}/${library}`;
    files[library] = { bytes: (await Deno.stat(path)).size, sha256: await sha256File(path) };
  }
  const manifest: LibraryManifest = {
    package: name,
    version,
    wheel: { name: wheel.name, sha256: wheel.sha256 },
    files,
  };
  await writeAtomic(`${temporary}/manifest.json`, JSON.stringify(manifest, undefined, 2) + "\n");
  await putInPlace(temporary, folder);
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

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
