import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { Contents, FetchOptions } from "@/lib/tensor/provision/contents.ts";
import { explainDiskError, isDiskError } from "@/lib/tensor/provision/disk.ts";
import { downloadStubbornly, partPath } from "@/lib/tensor/provision/download.ts";
import { stageProgress } from "@/lib/tensor/provision/progress.ts";
import type { Archive } from "@/lib/tensor/provision/wheel.ts";

/**
 * Fetches the archive of TensorFlow's C library, for which no Python is needed.
 *
 * @returns Its path.
 * @throws {Error} If it cannot be fetched or is not what it should be.
 */
export async function fetchArchive(
  archive: Archive,
  workshop: string,
  options: FetchOptions,
): Promise<string> {
  const address = { ...archive, name: nameOf(archive) };
  const path = partPath(workshop, address);
  await downloadStubbornly(address, path, {
    onBytes: stageProgress(options.onProgress, "download"),
  });
  return path;
}

/**
 * Takes the libraries out of the archive into a folder, each under the name by which the others look for it.
 *
 * @throws {InputError} If the archive lacks one of them, or the disk is full.
 */
export async function unpackArchive(
  archive: Archive,
  path: string,
  options: FetchOptions & { folder: string },
): Promise<Contents> {
  const { folder, onProgress } = options;
  const report = stageProgress(onProgress, "extract");
  const links = new Map<string, string>(), written = new Set<string>();
  const entries = extract();
  const reading = pipeline(
    createReadStream(path),
    createGunzip(),
    entries as NodeJS.WritableStream,
  );
  // The loop below meets the same failure; without this, it would also count as one that nobody looked at.
  reading.catch(() => {});
  try {
    let bytes = 0;
    for await (const entry of entries) {
      const { name, type, linkname, size = 0 } = entry.header;
      const last = lastPart(name);
      if (type === "symlink" && linkname) links.set(last, lastPart(linkname));
      if (type === "file" && last.startsWith("libtensorflow")) {
        await pipeline(entry, createWriteStream(`${folder}/${last}`));
        written.add(last);
        report(bytes += size);
      } else entry.resume();
    }
    await reading;
  } catch (error) {
    if (isDiskError(error)) throw explainDiskError(error, folder);
    throw new InputError(path, `it cannot be unpacked: ${messageOf(error)}`, "Try again");
  }
  for (const file of archive.files) {
    const target = followLinks(file, links);
    if (!written.has(target)) {
      throw new InputError(archive.url, `it holds no ${file}`, "Try another TENSORFLOW_LIBRARY");
    }
    if (target !== file) await Deno.rename(`${folder}/${target}`, `${folder}/${file}`);
  }
  return {
    version: archive.version,
    library: archive.files[0],
    sources: [{ name: nameOf(archive), sha256: archive.sha256 }],
    files: archive.files,
  };
}

function nameOf(archive: Archive): string {
  return lastPart(new URL(archive.url).pathname);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The file at the end of a chain of links (`libtensorflow.so.2` to `libtensorflow.so.2.18.0`). */
function followLinks(name: string, links: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let at = name;
  for (let next; (next = links.get(at)) !== undefined && !passed.has(at); at = next) passed.add(at);
  return at;
}
