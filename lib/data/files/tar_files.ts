import { createReadStream } from "node:fs";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { WalkOptions } from "@/lib/data/files/folder_files.ts";
import { foreignContent } from "@/lib/data/files/foreign_content.ts";
import { sequentialReader } from "@/lib/data/files/sequential_reader.ts";
import { isHidden, type SourceFile } from "@/lib/data/files/source_file.ts";

/** The package sets where an entry's bytes begin, though its types do not say so. */
type LocatedHeader = Header & {
  readonly byteOffset: number;
  readonly pax: Readonly<Record<string, string>> | null;
};

/** Whether a path is read as a tar, compressed or not. */
export function isTar(path: string): boolean {
  return /\.(tar|tar\.gz|tgz)$/i.test(path);
}

/** Whether a tar is compressed, so that it can be read only from its beginning on. */
export function isCompressed(path: string): boolean {
  return /\.t?gz$/i.test(path);
}

/**
 * The bytes of a tar, uncompressed; of a tar that lies in it, if one is given.
 *
 * @param options `onRead` is given the bytes of the file as they are.
 */
export function tarStream(
  path: string,
  inside?: SourceFile,
  { onRead }: { readonly onRead?: (bytes: Uint8Array) => void } = {},
): Readable {
  const file = createReadStream(path, {
    highWaterMark: 1 << 20,
    ...inside && { start: inside.offset, end: inside.offset + inside.size - 1 },
  });
  if (onRead) file.on("data", onRead);
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
 * @throws {InputError} If the file is no tar, is cut short or goes on after its end, or if an entry is a link, a device or
 * sparse or leads out of the archive.
 */
export async function* walkTar(
  path: string,
  inside?: SourceFile,
  { onFolder }: WalkOptions = {},
): AsyncGenerator<SourceFile> {
  if (inside?.size === 0) return;
  const place = inside ? `${path}: ${inside.path}` : path;
  // Tars of before 1988 have no mark of their format.
  const entries = extract({ allowUnknownFormat: true } as Parameters<typeof extract>[0]);
  const source = tarStream(path, inside);
  source.on("error", (error) => entries.destroy(error));
  source.pipe(entries as NodeJS.WritableStream);
  let end: Uint8Array = new Uint8Array(), last = 0;
  source.on("data", (bytes: Uint8Array) => {
    end = bytes.length >= BLOCK ? bytes.subarray(-BLOCK) : joined(end, bytes).subarray(-BLOCK);
  });
  const blockAt = async (offset: number): Promise<Uint8Array> => {
    const reader = sequentialReader(() => tarStream(path, inside));
    try {
      return await reader.read(offset, BLOCK);
    } finally {
      reader.close();
    }
  };
  try {
    for await (const entry of entries) {
      const header = entry.header as LocatedHeader;
      const size = header.type === "directory" ? 0 : header.size ?? 0;
      last = header.byteOffset + BLOCK * Math.ceil(size / BLOCK);
      const file = await checkEntry(header, { place, blockAt, onFolder });
      if (file) yield { ...file, offset: file.offset + (inside?.offset ?? 0) };
      entry.resume();
    }
    // A tar ends with blocks of zeros; without them a cut between two files would not show.
    if (!isZero(end)) throw new Error("Its end is missing");
  } catch (error) {
    if (error instanceof InputError) throw error;
    const hasEnded = last > 0 && await blockAt(last).then(isZero, () => false);
    const foreign = last === 0 && !inside ? await otherContent(path) : undefined;
    throw new InputError(
      place,
      hasEnded
        ? `something follows after the tar's end at byte ${last + 2 * BLOCK}`
        : `the tar cannot be read: ${foreign ?? messageOf(error)}`,
      "Copy or write it again",
    );
  } finally {
    source.destroy();
  }
}

/** What else a file is by its first bytes, which matters where a name promises a tar. */
async function otherContent(path: string): Promise<string | undefined> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(BLOCK);
  if (await file.read(bytes) === null) return "it is empty";
  const content = foreignContent(bytes);
  if (!isCompressed(path)) return content && `it is ${content}`;
  if (content === "compressed by gzip") return undefined;
  return content === undefined
    ? "it is not compressed by gzip, as its name says"
    : `it is ${content}`;
}

/** Bytes of a tar's unit: a header, and what files are filled up to. */
const BLOCK = 512;

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The file of an entry; undefined for a folder, a hidden file and the archive's own label. */
async function checkEntry(
  header: LocatedHeader,
  { place, blockAt, onFolder }: {
    readonly place: string;
    /** A block of the archive, read anew. */
    readonly blockAt: (offset: number) => Promise<Uint8Array>;
    readonly onFolder: WalkOptions["onFolder"];
  },
): Promise<SourceFile | undefined> {
  const { type, size, byteOffset: offset, linkname } = header;
  const sparse = Object.keys(header.pax ?? {}).some((key) =>
    /^(GNU\.sparse\.|SCHILY\.realsize$)/.test(key)
  );
  // The name that the header itself has is made up in some sparse forms.
  const name = header.pax?.["GNU.sparse.name"] ?? header.name;
  const path = safePath(name, place);
  if (isHidden(path)) return undefined;
  if (type === "directory") {
    if (path !== "") onFolder?.(path);
    return undefined;
  }
  const isFile = type === "file" || type === "contiguous-file";
  if (isFile && !sparse) return { path, size: size ?? 0, offset };
  // The package does not tell the types that it does not know.
  const letter = type === null ? String.fromCharCode((await blockAt(offset - BLOCK))[156]!) : "";
  if (letter === "V") return undefined;
  if (sparse || letter === "S") {
    throw new InputError(
      place,
      `the file "${name}" is stored sparse, without its runs of zeros`,
      "Write the tar again with whole files (GNU tar without --sparse, bsdtar with --no-read-sparse)",
    );
  }
  const kind = type === null
    ? `thing of unknown type "${letter}"`
    : type === "link"
    ? "hard link"
    : type;
  throw new InputError(
    place,
    `the entry "${name}" is a ${kind}${linkname ? ` to "${linkname}"` : ""}`,
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
