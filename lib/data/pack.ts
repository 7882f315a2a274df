import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import type { Split } from "@/lib/data/layout.ts";

/** An image that ingest left out, and why. */
export interface SkippedImage {
  readonly name: string;
  readonly reason: string;
}

/** An image on its way into a pack. */
export interface PackedImage {
  /** RGB of 0 to 255, `[px, px, 3]`. */
  readonly image: Uint8Array;
  /** Its index among the hierarchy's leaves. */
  readonly leaf: number;
}

/** The images of one split. */
export interface PackedSplit {
  readonly count: number;
  /** RGB of 0 to 255, `[count, px, px, 3]`. */
  readonly images: Uint8Array;
  /** Indices among the hierarchy's leaves, `[count]`. */
  readonly labels: Uint16Array;
}

/** A domain at its working size, on disk: `dataset.json`, and raw images and labels of each split. */
export interface Pack {
  /** Side of the square images, in pixels. */
  readonly px: number;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  readonly hierarchy: Hierarchy;
  readonly skipped: readonly SkippedImage[];
  /** Reads a split whole, once; a second call returns the same arrays. */
  split(name: Split): PackedSplit;
}

/** What a pack is written from. */
export interface PackContent {
  readonly px: number;
  readonly hierarchy: Hierarchy;
  readonly train: AsyncIterable<PackedImage>;
  readonly test: AsyncIterable<PackedImage>;
  /** Read once both splits are written, so that they may add to it. */
  readonly skipped: readonly SkippedImage[];
}

/**
 * Writes a pack image by image, in the order given; `dataset.json` comes last, so that a pack with it is whole.
 *
 * @param folder An empty folder.
 * @returns The number of images in each split.
 * @throws {RangeError} If an image has another size or its label is no leaf.
 */
export async function writePack(
  folder: string,
  content: PackContent,
): Promise<{ readonly train: number; readonly test: number }> {
  const { px, hierarchy } = content;
  const train = await writeSplit(`${folder}/train`, { ...content, images: content.train });
  const test = await writeSplit(`${folder}/test`, { ...content, images: content.test });
  const dataset = { px, train, test, hierarchy, skipped: content.skipped };
  await writeAtomic(`${folder}/dataset.json`, `${JSON.stringify(dataset, null, 1)}\n`);
  return { train, test };
}

async function writeSplit(
  stem: string,
  { px, hierarchy, images }: {
    readonly px: number;
    readonly hierarchy: Hierarchy;
    readonly images: AsyncIterable<PackedImage>;
  },
): Promise<number> {
  const bytesPerImage = px * px * 3;
  // Several images a write, because a small image is not worth a system call.
  const buffer = new Uint8Array(Math.max(1, Math.floor(2 ** 20 / bytesPerImage)) * bytesPerImage);
  const labels: number[] = [];
  let used = 0;
  using file = await Deno.open(`${stem}.images`, { write: true, createNew: true });
  const flush = async (): Promise<void> => {
    for (let at = 0; at < used;) at += await file.write(buffer.subarray(at, used));
    used = 0;
  };
  for await (const { image, leaf } of images) {
    if (image.length !== bytesPerImage) {
      throw new RangeError(
        `Cannot pack an image of ${image.length} bytes: current size is ${bytesPerImage}`,
      );
    }
    if (!(leaf in hierarchy.leaves)) {
      throw new RangeError(`Cannot pack a label that is no leaf: current value is ${leaf}`);
    }
    buffer.set(image, used);
    used += bytesPerImage;
    labels.push(leaf);
    if (used === buffer.length) await flush();
  }
  await flush();
  const view = new DataView(new ArrayBuffer(labels.length * 2));
  labels.forEach((label, i) => view.setUint16(2 * i, label, true));
  await Deno.writeFile(`${stem}.labels`, new Uint8Array(view.buffer), { createNew: true });
  return labels.length;
}

const datasetSchema = z.strictObject({
  px: z.int().positive(),
  train: z.int().nonnegative(),
  test: z.int().nonnegative(),
  hierarchy: z.strictObject({
    levels: z.array(z.string()),
    leaves: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()) })),
  }),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/**
 * Opens a pack, checking that every file has the size that `dataset.json` promises.
 *
 * @throws {InputError} Naming the file that is missing or damaged.
 */
export async function readPack(folder: string): Promise<Pack> {
  const dataset = await readDataset(`${folder}/dataset.json`);
  const { px, hierarchy } = dataset;
  checkHierarchy(hierarchy, `${folder}/dataset.json`);
  for (const split of ["train", "test"] as const) {
    await checkSize(`${folder}/${split}.images`, dataset[split] * px * px * 3);
    await checkSize(`${folder}/${split}.labels`, dataset[split] * 2);
  }
  const read = new Map<Split, PackedSplit>();
  return {
    ...dataset,
    split: (name) => {
      const known = read.get(name);
      if (known) return known;
      const count = dataset[name];
      const images = readWhole(`${folder}/${name}.images`, count * px * px * 3);
      const view = new DataView(readWhole(`${folder}/${name}.labels`, count * 2).buffer);
      const labels = Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true));
      const wrong = labels.findIndex((label) => label >= hierarchy.leaves.length);
      if (wrong >= 0) {
        throw damaged(`${folder}/${name}.labels`, `image ${wrong} has the label ${labels[wrong]}`);
      }
      const split = { count, images, labels };
      read.set(name, split);
      return split;
    },
  };
}

async function readDataset(path: string): Promise<z.infer<typeof datasetSchema>> {
  try {
    return datasetSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
}

async function checkSize(path: string, expected: number): Promise<void> {
  const { size } = await Deno.stat(path).catch((error) => {
    throw damaged(path, messageOf(error));
  });
  if (size !== expected) throw damaged(path, `it has ${size} bytes in place of ${expected}`);
}

/** Reads in pieces, because one read takes at most 2 GiB. */
function readWhole(path: string, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  using file = Deno.openSync(path);
  for (let at = 0; at < size;) {
    const read = file.readSync(bytes.subarray(at, at + 2 ** 28));
    if (read === null) throw damaged(path, `it ends after ${at} bytes of ${size}`);
    at += read;
  }
  return bytes;
}

function damaged(path: string, problem: string): InputError {
  return new InputError(path, `the packed data are damaged: ${problem}`, "Ingest the domain again");
}
