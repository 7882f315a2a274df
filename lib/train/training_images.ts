import { InputError } from "@/lib/base/errors.ts";
import type { PackedSplit } from "@/lib/data/pack.ts";

/** Images of one domain to train on. */
export interface TrainingPart {
  readonly split: PackedSplit;
  /** Which of the split's images. */
  readonly subset: Uint32Array;
  /** The number of each of them in its domain, by which its views are drawn; by default `subset`. */
  readonly numbers?: Uint32Array;
  /** Classes of the split's labels; 0 where it has none. */
  readonly classes: number;
}

/** What to train on: images of one domain, or of several put together. */
export interface TrainingImages {
  readonly parts: readonly TrainingPart[];
  readonly pixels: number;
}

/** The images to train on, numbered from 0 across all parts. */
export interface TrainingRows {
  readonly count: number;
  /** What tells an image from every other, `[count]`. */
  readonly numbers: Uint32Array;
  /** `[count]`; the classes of a part follow those of the parts before it. -1 for an image without a label. */
  readonly labels: Int32Array;
  /** Classes of all parts together. */
  readonly classes: number;
  /** All images, `[count, pixels, pixels, 3]`, if they are plain RGB and no more than {@linkcode maximumResidentBytes}. */
  resident(): Uint8Array | null;
  /** Some images, `[rows, pixels, pixels, 3]`. */
  read(rows: Uint32Array): Promise<Uint8Array>;
}

/** The most bytes of images that are kept where the tensor engine has them at hand; more are read batch by batch. */
const maximumResidentBytes = 2 * 2 ** 30;

// Room for the images of one domain, so that those of the next have other numbers.
const numbersOfPart = 2 ** 28;

/**
 * Numbers the images of all parts.
 *
 * @throws {InputError} If a part's subset is empty.
 * @throws {RangeError} If it names an image that is not there.
 */
export function trainingRows({ parts, pixels }: TrainingImages): TrainingRows {
  const count = parts.reduce((sum, { subset }) => sum + subset.length, 0);
  const numbers = new Uint32Array(count), labels = new Int32Array(count);
  const starts: number[] = [];
  let start = 0, classes = 0;
  if (parts.length === 0) throw empty();
  for (const [p, part] of parts.entries()) {
    const { split, subset } = part;
    if (subset.length === 0) throw empty();
    subset.forEach((image, i) => {
      if (image >= split.count) {
        throw new RangeError(`Cannot train on image ${image}: there are ${split.count}`);
      }
      numbers[start + i] = p * numbersOfPart + (part.numbers ?? subset)[i]!;
      labels[start + i] = split.labels === undefined ? -1 : classes + split.labels[image]!;
    });
    starts.push(start);
    start += subset.length;
    classes += part.classes;
  }
  const size = pixels * pixels * 3;
  return {
    count,
    numbers,
    labels,
    classes,
    resident() {
      if (count * size > maximumResidentBytes) return null;
      const packed = new Uint8Array(count * size);
      let row = 0;
      for (const { split: { images }, subset } of parts) {
        if (images === undefined) return null;
        for (const image of subset) {
          packed.set(images.subarray(image * size, (image + 1) * size), row++ * size);
        }
      }
      return packed;
    },
    async read(rows) {
      const bytes = new Uint8Array(rows.length * size);
      await Promise.all(parts.map(async ({ split, subset }, p) => {
        const places = [...rows.keys()].filter((i) => {
          const row = rows[i]! - starts[p]!;
          return row >= 0 && row < subset.length;
        });
        const found = await split.read(places.map((i) => subset[rows[i]! - starts[p]!]!));
        places.forEach((i, k) => bytes.set(found.subarray(k * size, (k + 1) * size), i * size));
      }));
      return bytes;
    },
  };
}

function empty(): InputError {
  return new InputError("subset", "it has no image", "Give the training at least one image");
}
