import type { Split } from "@/lib/data/data_set.ts";
import type { Pack, PackedSplit } from "@/lib/data/pack.ts";

/** Some of the images that may be pretrained on, those of one split. */
export interface PretrainingPart {
  readonly split: Exclude<Split, "test">;
  /** Their numbers in the split. */
  readonly indices: Uint32Array;
  /** Where each of them stands among those that were asked for. */
  readonly places: Uint32Array;
}

/**
 * Images that pretraining without labels may draw from, by split, each in the order given. They are numbered as one: the
 * training images, and behind them those without labels.
 *
 * @throws {RangeError} If there is no image of a number.
 */
export function bySplit(
  { train, unlabelled }: Pick<Pack, "train" | "unlabelled">,
  numbers: Uint32Array,
): readonly PretrainingPart[] {
  const count = train + unlabelled;
  const beyond = numbers.find((number) => number >= count);
  if (beyond !== undefined) {
    throw new RangeError(`Cannot read image ${beyond}: there are ${count}`);
  }
  const part = (split: PretrainingPart["split"], first: number): PretrainingPart => {
    const isIn = (number: number) => (split === "train") === (number < train);
    const places = Uint32Array.from(numbers.keys()).filter((place) => isIn(numbers[place]!));
    return { split, places, indices: places.map((place) => numbers[place]! - first) };
  };
  return [part("train", 0), part("unlabelled", train)];
}

/** All images that pretraining without labels may draw from, numbered as {@linkcode bySplit} does. */
export function pretrainingImages(pack: Pack): Pick<PackedSplit, "count" | "read"> {
  const size = pack.px * pack.px * 3;
  return {
    count: pack.train + pack.unlabelled,
    async read(numbers) {
      const images = new Uint8Array(numbers.length * size);
      for (const { split, indices, places } of bySplit(pack, Uint32Array.from(numbers))) {
        const found = await pack.split(split).read(indices);
        places.forEach((place, i) =>
          images.set(found.subarray(i * size, (i + 1) * size), place * size)
        );
      }
      return images;
    },
  };
}
