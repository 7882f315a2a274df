import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { type DataSet, type Split, splits } from "@/lib/data/data_set.ts";
import type { FileTree } from "@/lib/data/files/file_tree.ts";
import { tarStream } from "@/lib/data/files/tar_files.ts";

/** Bytes of a SHA-256. */
const hashBytes = 32;

/** What a data set's files hold, as SHA-256. Each file was read once. */
export interface Content {
  /** Of each of `otherFiles`, in hexadecimal digits. */
  readonly otherFiles: readonly string[];
  /** Of each archive of `trees`, in hexadecimal digits; "" for a folder. */
  readonly trees: readonly string[];
  /** Of each image's file (of its pixels, where it has none), split after split, `[images, 32]`. */
  readonly images: Buffer;
}

/** An image of a data set. */
export interface ImageAddress {
  readonly split: Split;
  readonly index: number;
}

/** How many images a data set has in all its splits. */
export function countImages(data: DataSet): number {
  return splits.reduce((sum, split) => sum + data[split].length, 0);
}

/** Where the image of a number stands that counts through all splits. */
export function addressOf(data: DataSet, number: number): ImageAddress {
  let index = number;
  for (const split of splits) {
    if (index < data[split].length) return { split, index };
    index -= data[split].length;
  }
  throw new RangeError(`Cannot find image ${number}: there are ${countImages(data)}`);
}

/** The hash of an image, in hexadecimal digits. */
export function hashAt(images: Buffer, image: number): string {
  return images.toString("hex", image * hashBytes, (image + 1) * hashBytes);
}

/**
 * Reads all that a data set consists of, decoding nothing.
 *
 * @param onProgress Called after each image with the images read and all.
 * @throws {InputError} If a file cannot be read.
 */
export async function readContent(
  data: DataSet,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Content> {
  const total = countImages(data);
  const images = Buffer.alloc(total * hashBytes);
  let done = 0;
  const keep = (number: number, hash: Uint8Array) => {
    images.set(hash, number * hashBytes);
    onProgress(++done, total);
  };

  const otherFiles: string[] = [];
  for (const path of data.otherFiles) otherFiles.push(await readable(path, sha256File(path)));
  const inTrees = imagesByTree(data);
  const trees: string[] = [];
  for (const [number, tree] of data.trees.entries()) {
    if (tree.kind === "folder") {
      trees.push("");
      continue;
    }
    const pieces = (inTrees.get(number) ?? []).map((image): Piece => {
      const { split, index } = addressOf(data, image);
      const { offset, size } = data[split].file(index);
      return { image, offset, size };
    });
    trees.push(await readable(tree.path, hashArchive(tree, pieces, keep)));
    inTrees.delete(number);
  }
  // What is left are files of folders, and pictures that have none.
  const limit = 4 * navigator.hardwareConcurrency;
  const map = async (image: number) => ({ image, hash: await hashOf(data, image) });
  for await (const { image, hash } of orderedMap([...inTrees.values()].flat(), { limit, map })) {
    keep(image, Buffer.from(hash, "hex"));
  }
  return { otherFiles, trees, images };
}

/** The numbers of the images in each tree. */
function imagesByTree(data: DataSet): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  const total = countImages(data);
  for (let image = 0; image < total; image++) {
    const { split, index } = addressOf(data, image);
    const { tree } = data[split].file(index);
    const group = groups.get(tree);
    if (group === undefined) groups.set(tree, [image]);
    else group.push(image);
  }
  return groups;
}

async function hashOf(data: DataSet, image: number): Promise<string> {
  const { split, index } = addressOf(data, image);
  const { tree, path } = data[split].file(index);
  const folder = data.trees[tree];
  if (folder !== undefined) {
    return await readable(`${folder.path}/${path}`, sha256File(`${folder.path}/${path}`));
  }
  const picture = await readable(path, data.read(split, index));
  return sha256("pixels" in picture ? picture.pixels : picture.encoded);
}

/** Where an image stands in an archive's (uncompressed) content. */
interface Piece {
  readonly image: number;
  readonly offset: number;
  readonly size: number;
}

/** Hashes an archive, and the images in it, in one pass. */
async function hashArchive(
  { path }: FileTree,
  pieces: Piece[],
  keep: (image: number, hash: Uint8Array) => void,
): Promise<string> {
  pieces.sort((a, b) => a.offset - b.offset);
  const whole = createHash("sha256");
  let bytesOfFile = 0, at = 0, next = 0;
  // A file may be listed twice, so that several pieces may be open.
  let open: { readonly piece: Piece; readonly hash: Hash }[] = [];
  const source = tarStream(path, undefined, {
    onRead: (bytes) => {
      whole.update(bytes);
      bytesOfFile += bytes.length;
    },
  });
  for await (const bytes of source as AsyncIterable<Uint8Array>) {
    const end = at + bytes.length;
    while (next < pieces.length && pieces[next]!.offset < end) {
      open.push({ piece: pieces[next++]!, hash: createHash("sha256") });
    }
    for (const { piece, hash } of open) {
      const from = Math.max(0, piece.offset - at);
      hash.update(bytes.subarray(from, Math.max(from, piece.offset + piece.size - at)));
    }
    for (const { piece, hash } of open.filter((one) => ended(one.piece, end))) {
      keep(piece.image, hash.digest());
    }
    open = open.filter((one) => !ended(one.piece, end));
    at = end;
  }
  // What follows the end of a compressed stream was perhaps not read.
  const { size } = await Deno.stat(path);
  return bytesOfFile === size ? whole.digest("hex") : await sha256File(path);
}

function ended({ offset, size }: Piece, end: number): boolean {
  return offset + size <= end;
}

/** The result of reading a file, or an error that names it. */
async function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      path,
      `the file cannot be read: ${messageOf(error)}`,
      "Allow it to be read, or remove it",
    );
  }
}
