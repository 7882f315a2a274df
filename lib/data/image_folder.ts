import { createHash } from "node:crypto";
import { sha256File } from "@/lib/base/sha256.ts";
import { listFolder } from "@/lib/data/folder_files.ts";
import { readLabels } from "@/lib/data/labels_tsv.ts";
import { findLabels, type Layout, layOut } from "@/lib/data/layout.ts";
import { isImage, type SourceFile } from "@/lib/data/source_file.ts";
import { listTar } from "@/lib/data/tar_files.ts";

/** An image folder or a tar of one, opened: what it holds, and a way to its bytes. */
export interface ImageFolder extends Layout, Disposable {
  /** The bytes of one of its files. */
  read(file: SourceFile): Promise<Uint8Array>;
}

/** Whether a path is read as a tar. */
export function isTar(path: string): boolean {
  return /\.tar$/i.test(path);
}

/**
 * Opens an image folder or a tar of one, reading names and labels but decoding no image.
 *
 * @param path An absolute path of a folder or a `.tar`.
 * @param options With `onBytes`, a tar's bytes are shown as they are read, in order.
 * @throws {InputError} If the layout is not that of an image folder.
 */
export async function openImageFolder(
  path: string,
  options: { readonly onBytes?: (bytes: Uint8Array) => void } = {},
): Promise<ImageFolder> {
  const files = isTar(path) ? await listTar(path, options.onBytes) : await listFolder(path);
  const { read, close } = isTar(path) ? tarReader(path) : folderReader(path);
  try {
    const found = findLabels(files, path);
    const labels = found && readLabels(await read(found), `${path}/${found.path}`);
    return { ...layOut(files, { labels, place: path }), read, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * The content identity of a folder: a hash over path, size and hash of each file that counts (images and labels).
 */
export async function hashFolder(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { path, size } of await listCounted(folder)) {
    const content = await sha256File(`${folder}/${path}`);
    hash.update(`${JSON.stringify([path.normalize("NFC"), size, content])}\n`);
  }
  return hash.digest("hex");
}

/** The files of a folder that count, sorted by path. */
export async function listCounted(folder: string): Promise<SourceFile[]> {
  const files = await listFolder(folder);
  return files.filter(({ path }) => isImage(path) || /(^|\/)labels\.tsv$/.test(path))
    .sort((a, b) => a.path < b.path ? -1 : 1);
}

interface Reader {
  read(file: SourceFile): Promise<Uint8Array>;
  close(): void;
}

function folderReader(folder: string): Reader {
  return { read: ({ path }) => Deno.readFile(`${folder}/${path}`), close: () => {} };
}

function tarReader(path: string): Reader {
  const tar = Deno.openSync(path);
  return {
    // Synchronous, because two reads in flight would move each other's position in the one open file.
    read: ({ size, offset = 0 }) => {
      const bytes = new Uint8Array(size);
      tar.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < size;) {
        const read = tar.readSync(bytes.subarray(at));
        if (read === null) return Promise.reject(new Error(`${path} has become shorter`));
        at += read;
      }
      return Promise.resolve(bytes);
    },
    close: () => tar.close(),
  };
}
