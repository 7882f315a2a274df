import { InputError } from "@/lib/base/errors.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";

/** What a subset is drawn by. */
export interface SubsetOptions {
  /** How many images. */
  readonly size: number;
  /** The experiment's seed. */
  readonly seed: number;
  /** Where the size was written, for the message. */
  readonly place?: string;
}

/**
 * Draws a uniform subset without replacement: the first `size` places of one permutation of 0 … count-1 that (count,
 * seed) fixes, so that a smaller subset lies inside a larger one of the same seed.
 *
 * @param count How many images there are.
 * @returns The indices, `[size]`, in the permutation's order.
 * @throws {InputError} If the size is not a whole number from 1 to `count`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { subsetIndices } from "@/lib/data/subset.ts";
 *
 * const large = subsetIndices(1000, { size: 500, seed: 1 });
 * assert.deepEqual(subsetIndices(1000, { size: 100, seed: 1 }), large.subarray(0, 100));
 * ```
 */
export function subsetIndices(count: number, options: SubsetOptions): Uint32Array {
  const { size, seed, place = "subset size" } = options;
  if (!Number.isInteger(size) || size < 1) {
    throw new InputError(place, `the size is ${size}`, "Write a whole number of images, 1 or more");
  }
  if (size > count) {
    throw new InputError(
      place,
      `the size ${size} is larger than the domain, which has ${count} training images`,
      `Ask for at most ${count}, or bind a larger data set`,
    );
  }
  return permutation(count, randomAt(seed, "subset")).slice(0, size);
}

/** Images of each class. */
export interface ClassSubset {
  /** `[images]`, in the order in which they were drawn. */
  readonly indices: Uint32Array;
  /** Classes that have fewer images than were asked for, and gave all of them. */
  readonly short: number;
}

/**
 * Draws as many images of each class without replacement: the first of each in the permutation that {@linkcode subsetIndices}
 * draws from, so that fewer a class lie inside more of the same seed.
 *
 * @param labels The class of each image, `[count]`.
 * @throws {InputError} If there is no image.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { classSubset } from "@/lib/data/subset.ts";
 *
 * const { indices, short } = classSubset(Uint16Array.of(0, 0, 0, 1), { classes: 2, perClass: 2, seed: 1 });
 * assert.equal(indices.length, 3);
 * assert.equal(short, 1);
 * ```
 */
export function classSubset(
  labels: Uint16Array,
  { classes, perClass, seed }: {
    readonly classes: number;
    readonly perClass: number;
    readonly seed: number;
  },
): ClassSubset {
  if (labels.length === 0) {
    throw new InputError(
      "probe.labels",
      "there is no labelled image",
      "Bind a data set with labels",
    );
  }
  const taken = new Uint32Array(classes);
  const indices = permutation(labels.length, randomAt(seed, "subset"))
    .filter((image) => taken[labels[image]!]!++ < perClass);
  return { indices, short: taken.filter((count) => count < perClass).length };
}
