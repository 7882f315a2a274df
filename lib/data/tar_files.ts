import { createReadStream } from "node:fs";
import type { Writable } from "node:stream";
import { extract, type Header } from "tar-stream";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { isHidden, type SourceFile } from "@/lib/data/source_file.ts";

/** The package sets where an entry's bytes begin, though its types do not say so. */
type LocatedHeader = Header & { readonly byteOffset: number };

/**
 * Lists the files of a tar in one pass over its bytes, decoding none of them. Where a path stands twice, the later
 * entry wins, as it does when a tar is unpacked. Hidden files are left out.
 *
 * @param path The tar.
 * @param onBytes Sees every byte of the file once, in order (to hash it in the same pass).
 * @throws {InputError} If the file is no tar or is cut short, or if an entry is a link or device or leads out of the
 * archive.
 */
export async function listTar(
  path: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<SourceFile[]> {
  const files = new Map<string, SourceFile>();
  const entries = extract();
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  source.on("data", (piece) => onBytes(piece as Uint8Array));
  source.on("error", (error) => entries.destroy(error));
  source.pipe(entries as unknown as Writable);
  try {
    for await (const entry of entries) {
      const file = checkEntry(entry.header as LocatedHeader, path);
      if (file && !isHidden(file.path)) files.set(file.path, file);
      entry.resume();
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      path,
      `the tar cannot be read: ${messageOf(error)}`,
      "Copy or write it again, uncompressed",
    );
  } finally {
    source.destroy();
  }
  return [...files.values()];
}

/** The file of an entry; undefined for a folder. */
function checkEntry(header: LocatedHeader, tar: string): SourceFile | undefined {
  const { name, type, size, byteOffset: offset } = header;
  const path = safePath(name, tar);
  if (type === "file" || type === "contiguous-file") return { path, size, offset };
  if (type === "directory") return undefined;
  throw new InputError(
    tar,
    `the entry "${name}" is a ${type ?? "thing of unknown type"}`,
    "Write the tar again with plain files only (tar --dereference --hard-dereference)",
  );
}

/** An entry's path without `.` parts. */
function safePath(name: string, tar: string): string {
  const parts = name.split("/");
  if (name.startsWith("/") || /^[a-z]:|\\/i.test(name) || parts.includes("..")) {
    throw new InputError(
      tar,
      `the entry "${name}" does not stay inside the archive`,
      "Write the tar again with relative paths",
    );
  }
  return parts.filter((part) => part !== "." && part !== "").join("/");
}
