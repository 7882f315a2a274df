import { overSeeds, type ResampledCell } from "@/lib/results/resample.ts";

/** A 95 % interval, from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A mean over seeds, its interval, and what the interval covers. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
  /** With one seed the interval covers the choice of test images only, not that of the seed. */
  readonly seeds: number;
}

/**
 * The middle 95 % of resampled values (percentile bootstrap). Of the spread between seeds it sees the share
 * (seeds - 1) / seeds in variance, none with one seed; drawing seeds and images at once counts noise that belongs to
 * one seed and one image more than once, which makes intervals over a few seeds wider than they need be.
 */
export function percentileInterval(draws: Float64Array): Interval {
  const sorted = draws.toSorted();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** The accuracy of a cell. */
export function estimate(cell: ResampledCell): Estimate {
  return {
    value: meanOf(cell.rows.map((row) => row.value)),
    interval: percentileInterval(overSeeds(cell.drawn)),
    seeds: cell.rows.length,
  };
}

/** The arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A quantile of sorted values, interpolated between neighbours (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below]!, high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}
