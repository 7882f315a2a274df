import { createReadStream } from "node:fs";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { isHidden, type SourceFile } from "@/lib/data/source_file.ts";

/** The package sets where an entry's bytes begin, though its types do not say so. */
type LocatedHeader = Header & { readonly byteOffset: number };

/** Whether a path is read as a tar, compressed or not. */
export function isTar(path: string): boolean {
  return /\.(tar|tar\.gz|tgz)$/i.test(path);
}

/** Whether a tar is compressed, so that it can be read only from its beginning on. */
export function isCompressed(path: string): boolean {
  return /\.t?gz$/i.test(path);
}

/** The bytes of a tar, uncompressed; of a tar that lies in it, if one is given. */
export function tarStream(path: string, inside?: SourceFile): Readable {
  const file = createReadStream(path, {
    highWaterMark: 1 << 20,
    ...inside && { start: inside.offset, end: inside.offset + inside.size - 1 },
  });
  if (!isCompressed(path)) return file;
  const out = new PassThrough({ highWaterMark: 1 << 20 });
  // The rejection reaches the reader as the stream's error.
  pipeline(file, createGunzip({ chunkSize: 1 << 18 }), out).catch((error) => out.destroy(error));
  return out;
}

/**
 * Walks the files of a tar in one pass over its bytes, decoding none of them. Where a path stands twice, both are given,
 * and the later one counts, as it does when a tar is unpacked. Hidden files are left out.
 *
 * @param path A `.tar`, `.tar.gz` or `.tgz`.
 * @param inside A tar that lies in it, uncompressed; the offsets of its files are still those in `path`.
 * @throws {InputError} If the file is no tar or is cut short, or if an entry is a link or device or leads out of the
 * archive.
 */
export async function* walkTar(path: string, inside?: SourceFile): AsyncGenerator<SourceFile> {
  if (inside?.size === 0) return;
  const place = inside ? `${path}: ${inside.path}` : path;
  const entries = extract();
  const source = tarStream(path, inside);
  source.on("error", (error) => entries.destroy(error));
  source.pipe(entries as unknown as NodeJS.WritableStream);
  try {
    for await (const entry of entries) {
      const file = checkEntry(entry.header as LocatedHeader, place);
      if (file && !isHidden(file.path)) {
        yield { ...file, offset: file.offset + (inside?.offset ?? 0) };
      }
      entry.resume();
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      place,
      `the tar cannot be read: ${messageOf(error)}`,
      "Copy or write it again",
    );
  } finally {
    source.destroy();
  }
}

/** The file of an entry; undefined for a folder. */
function checkEntry(header: LocatedHeader, place: string): SourceFile | undefined {
  const { name, type, size, byteOffset: offset } = header;
  const path = safePath(name, place);
  if (type === "file" || type === "contiguous-file") return { path, size, offset };
  if (type === "directory") return undefined;
  throw new InputError(
    place,
    `the entry "${name}" is a ${type ?? "thing of unknown type"}`,
    "Write the tar again with plain files only (tar --dereference --hard-dereference)",
  );
}

/** An entry's path without `.` parts. */
function safePath(name: string, place: string): string {
  const parts = name.split("/");
  if (name.startsWith("/") || /^[a-z]:|\\/i.test(name) || parts.includes("..")) {
    throw new InputError(
      place,
      `the entry "${name}" does not stay inside the archive`,
      "Write the tar again with relative paths",
    );
  }
  return parts.filter((part) => part !== "." && part !== "").join("/");
}
