import { meanOf } from "@/lib/results/interval.ts";
import type { Smooth } from "@/lib/results/smooth.ts";

/** How a number varies over test images and seeds. */
export interface Spread {
  readonly value: number;
  readonly slopes: Smooth["slopes"];
  /** How many seeds it is a mean over. */
  readonly seeds: number;
  /** The variance of the mean that other test images would give it, these seeds held. */
  readonly ofImages: number;
  /** The variance between seeds, of one seed; what belongs to one image at one seed is in it. 0 for a single seed. */
  readonly ofSeeds: number;
}

/**
 * The exact variances of a number that is linear in right and wrong predictions (to first order, where it is not): over test
 * images that of a mean, image by image so that conditions on one role are paired; between seeds that of the seeds' values.
 * The noise of one image at one seed shows in both, and is taken out of the first. Where few images tell a number, none of them
 * may happen to say how it varies: as many count as there are and two more, each right or wrong at even chances (Agresti and Min
 * 2005), which to one accuracy add half an image.
 */
export function spreadOf({ value, slopes }: Smooth, seeds: readonly number[]): Spread {
  const bySeed = seeds.map((seed) => {
    let sum = 0;
    for (const [source, slope] of slopes) {
      sum += slope * source.values[source.seeds.indexOf(seed)]!;
    }
    return sum;
  });
  let ofImages = 0;
  for (const role of new Set([...slopes.keys()].map((source) => source.role))) {
    if (role !== null) ofImages += imageVariance(role, slopes, seeds);
  }
  return {
    value,
    slopes,
    seeds: seeds.length,
    ofImages,
    ofSeeds: seeds.length === 1 ? 0 : variance(bySeed),
  };
}

/** The variance over the test images of one role. */
function imageVariance(role: string, slopes: Smooth["slopes"], seeds: readonly number[]): number {
  const own = [...slopes].filter(([source]) => source.role === role);
  const { images, correct } = own[0]![0];
  const count = images?.length ?? correct[0]!.length;
  const sums = new Float64Array(count), squares = new Float64Array(count);
  const influence = new Float64Array(count);
  for (const seed of seeds) {
    influence.fill(0);
    for (const [source, slope] of own) {
      const bytes = source.correct[source.seeds.indexOf(seed)]!;
      if (source.images === undefined) {
        for (let i = 0; i < count; i++) influence[i]! += slope * bytes[i]!;
      } else {
        for (let i = 0; i < count; i++) influence[i]! += slope * bytes[source.images[i]!]!;
      }
    }
    for (let i = 0; i < count; i++) {
      sums[i]! += influence[i]!;
      squares[i]! += influence[i]! ** 2;
    }
  }
  const n = seeds.length;
  let between = 0, within = 0;
  const middle = sums.reduce((a, b) => a + b, 0) / count;
  for (let i = 0; i < count; i++) {
    between += ((sums[i]! - middle) / n) ** 2;
    within += squares[i]! - sums[i]! ** 2 / n;
  }
  const slopeSquares = own.reduce((sum, [, slope]) => sum + slope ** 2, 0);
  const [ofMeans, ofTwoMore] = [between, slopeSquares / 2].map((sum) =>
    sum / Math.max(1, count - 1) / count
  );
  const ofPredictions = n === 1 ? 0 : within / (n - 1) / n / count ** 2;
  return Math.max(0, ofMeans! - ofPredictions) + ofTwoMore!;
}

/** The unbiased variance of some values. */
export function variance(values: readonly number[]): number {
  const mean = meanOf(values);
  const found = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  // Rounding alone does not make equal values differ.
  return found < 1e-24 ? 0 : found;
}
