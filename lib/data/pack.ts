import sharp from "sharp";
import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { type LabelledSplit, type Split, splits } from "@/lib/data/data_set.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import { mapFile } from "@/lib/data/packing/mapped_file.ts";
import { packForm, shownImage } from "@/lib/data/packing/pack_form.ts";

/** An image that ingest left out, and why. */
export interface SkippedImage {
  readonly name: string;
  readonly reason: string;
}

/** An image on its way into a pack. */
export interface PackedImage {
  /** RGB of 0 to 255, `[px, px, 3]`, or what `storedImage()` makes of it. */
  readonly image: Uint8Array;
  /** Its index among the hierarchy's leaves; `null` for an image without a label. */
  readonly leaf: number | null;
}

/** The images of one split. */
export interface PackedSplit {
  readonly count: number;
  /** Indices among the hierarchy's leaves, `[count]`; absent where images have no labels. */
  readonly labels?: Uint16Array;
  /** RGB of 0 to 255, `[count, px, px, 3]`, mapped from disk and not to be written to; absent where a pack keeps JPEGs. */
  readonly images?: Uint8Array;
  /**
   * RGB of 0 to 255 of some images, `[indices, px, px, 3]`, decoded side by side.
   *
   * @throws {InputError} Naming the file and the image, if a JPEG is damaged.
   */
  read(indices: ArrayLike<number>): Promise<Uint8Array>;
}

/** The images of a split that has labels. */
export interface LabelledImages extends PackedSplit {
  readonly labels: Uint16Array;
}

/** What a pack holds of each split. */
export interface PackedSplits extends Readonly<Record<LabelledSplit, LabelledImages>> {
  readonly unlabelled: PackedSplit;
}

/**
 * A domain at its working size, on disk: `dataset.json`, and for each split its labels and its images, as plain RGB
 * (`.images`) or as JPEGs one after another (`.jpegs`) with the place at which each ends (`.ends`, float64). The split
 * without labels has no file of them, and no file at all where the domain has no such image.
 */
export interface Pack {
  /** Side of the square images, in pixels. */
  readonly px: number;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  /** Number of images without labels. */
  readonly unlabelled: number;
  readonly hierarchy: Hierarchy;
  readonly skipped: readonly SkippedImage[];
  /** A split; a second call returns the same. */
  split<S extends Split>(name: S): PackedSplits[S];
}

const datasetSchema = z.strictObject({
  px: z.int().positive(),
  train: z.int().nonnegative(),
  test: z.int().nonnegative(),
  unlabelled: z.int().nonnegative().optional(),
  hierarchy: z.strictObject({
    levels: z.array(z.string()),
    leaves: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()) })),
  }),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/**
 * Opens a pack, checking that every file has the size that it should have.
 *
 * @throws {InputError} Naming the file that is missing or damaged.
 */
export async function readPack(folder: string): Promise<Pack> {
  const found = await readDataset(`${folder}/dataset.json`);
  const dataset = { ...found, unlabelled: found.unlabelled ?? 0 };
  const { px, train, test, hierarchy } = dataset;
  if (train + test > 0) checkHierarchy(hierarchy, `${folder}/dataset.json`);
  for (const split of splits) {
    const count = dataset[split];
    if (split === "unlabelled" && count === 0) continue;
    if (split !== "unlabelled") checkSize(`${folder}/${split}.labels`, count * 2);
    if (packForm(px) === "raw") checkSize(`${folder}/${split}.images`, count * px * px * 3);
    else checkSize(`${folder}/${split}.jpegs`, endsOf(`${folder}/${split}`, count).at(-1) ?? 0);
  }
  const opened = new Map<Split, PackedSplit>();
  const open = (name: Split): PackedSplit => {
    const stem = `${folder}/${name}`, count = dataset[name];
    const labels = name === "unlabelled"
      ? {}
      : { labels: readLabels(stem, { count, leaves: hierarchy.leaves.length }) };
    return { ...openImages(stem, { px, count }), ...labels };
  };
  return {
    ...dataset,
    split<S extends Split>(name: S) {
      const split = opened.get(name) ?? open(name);
      opened.set(name, split);
      return split as PackedSplits[S];
    },
  };
}

/** The leaf of each image. */
function readLabels(
  stem: string,
  { count, leaves }: { readonly count: number; readonly leaves: number },
): Uint16Array {
  const view = new DataView(bytesOf(`${stem}.labels`, count * 2).slice().buffer);
  const labels = Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true));
  const wrong = labels.findIndex((label) => label >= leaves);
  if (wrong >= 0) {
    throw damaged(`${stem}.labels`, `image ${wrong} has the label ${labels[wrong]}`);
  }
  return labels;
}

function openImages(
  stem: string,
  { px, count }: { readonly px: number; readonly count: number },
): PackedSplit {
  const bytesPerImage = px * px * 3;
  if (packForm(px) === "raw") {
    const images = bytesOf(`${stem}.images`, count * bytesPerImage);
    const stored = (i: number) => images.subarray(i * bytesPerImage, (i + 1) * bytesPerImage);
    return { count, images, read: reader(stored, { file: `${stem}.images`, px, count }) };
  }
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const ends = count === 0 ? new Float64Array() : endsOf(stem, count);
  const jpegs = bytesOf(`${stem}.jpegs`, ends.at(-1) ?? 0);
  const stored = (i: number) => jpegs.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
  return { count, read: reader(stored, { file: `${stem}.jpegs`, px, count }) };
}

function reader(
  stored: (index: number) => Uint8Array,
  { file, px, count }: { readonly file: string; readonly px: number; readonly count: number },
): PackedSplit["read"] {
  return async (indices) => {
    const size = px * px * 3;
    const images = new Uint8Array(indices.length * size);
    await Promise.all(Array.from(indices, async (index, row) => {
      if (!(index >= 0 && index < count)) {
        throw new RangeError(`Cannot read image ${index}: there are ${count}`);
      }
      const image = await shownImage(stored(index), px).catch(() => undefined);
      if (image?.length !== size) throw damaged(file, `image ${index} cannot be decoded`);
      images.set(image, row * size);
    }));
    return images;
  };
}

/** Where each JPEG ends, `[count]`. */
function endsOf(stem: string, count: number): Float64Array {
  checkSize(`${stem}.ends`, count * 8);
  return new Float64Array(bytesOf(`${stem}.ends`, count * 8).slice().buffer);
}

async function readDataset(path: string): Promise<z.infer<typeof datasetSchema>> {
  try {
    return datasetSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
}

function checkSize(path: string, expected: number): void {
  let size: number;
  try {
    ({ size } = Deno.statSync(path));
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
  if (size !== expected) throw damaged(path, `it has ${size} bytes in place of ${expected}`);
}

/** A file's bytes, mapped, or read where files cannot be mapped. */
function bytesOf(path: string, size: number): Uint8Array<ArrayBuffer> {
  return mapFile(path, size) ?? Deno.readFileSync(path);
}

function damaged(path: string, problem: string): InputError {
  return new InputError(path, `the packed data are damaged: ${problem}`, "Ingest the domain again");
}
