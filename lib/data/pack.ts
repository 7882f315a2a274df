import sharp from "sharp";
import { type LabelledSplit, type Split, splits } from "@/lib/data/data_set.ts";
import { type PackLabels, readPackLabels } from "@/lib/data/pack_labels.ts";
import { bytesOf, checkSize, damaged } from "@/lib/data/packing/pack_files.ts";
import { packForm, shownImage } from "@/lib/data/packing/pack_form.ts";

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
export interface Pack extends Omit<PackLabels, "labels"> {
  /** A split; a second call returns the same. */
  split<S extends Split>(name: S): PackedSplits[S];
}

/**
 * Opens a pack, checking that every file has the size that it should have.
 *
 * @throws {InputError} Naming the file that is missing or damaged.
 */
export async function readPack(folder: string): Promise<Pack> {
  const { labels, ...dataset } = await readPackLabels(folder);
  const { px } = dataset;
  for (const split of splits) {
    const count = dataset[split];
    if (split === "unlabelled" && count === 0) continue;
    if (packForm(px) === "raw") checkSize(`${folder}/${split}.images`, count * px * px * 3);
    else checkSize(`${folder}/${split}.jpegs`, endsOf(`${folder}/${split}`, count).at(-1) ?? 0);
  }
  const opened = new Map<Split, PackedSplit>();
  const open = (name: Split): PackedSplit => ({
    ...openImages(`${folder}/${name}`, { px, count: dataset[name] }),
    ...name !== "unlabelled" && { labels: labels(name) },
  });
  return {
    ...dataset,
    split<S extends Split>(name: S) {
      const split = opened.get(name) ?? open(name);
      opened.set(name, split);
      return split as PackedSplits[S];
    },
  };
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
