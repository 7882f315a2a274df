import studentCdf from "@stdlib/stats-base-dists-t-cdf";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import type { Claim } from "@/dsl/mod.ts";
import { type Interval, meanOf } from "@/lib/results/interval.ts";

/** A number, and how sure it is. */
export interface Uncertain {
  readonly value: number;
  readonly standardError: number;
  /** `Infinity` where the error is known as that of a normal distribution. */
  readonly degreesOfFreedom: number;
}

/** What a number's uncertainty is told from. */
export interface Resampled {
  readonly value: number;
  /** In each paired resample of the test images, averaged over seeds. */
  readonly imageDraws: Float64Array;
  /** At each seed. */
  readonly perSeed: readonly number[];
}

/**
 * How sure a contrast is, over test images and seeds. The variance is that of the bootstrap over images, seeds held, plus
 * that of a mean over seeds; the noise that belongs to one image at one seed is counted in both, which makes intervals a
 * little wider than they need be. The degrees of freedom are Welch and Satterthwaite's, so that two or three seeds widen
 * the interval as far as so few can be trusted: of simulated studies (tests/results/coverage_test.ts) three seeds cover the
 * truth in 95 %, two in some 91 % where seeds differ as much as images do. With one seed only the choice of test images is
 * covered.
 */
export function uncertainty({ value, imageDraws, perSeed }: Resampled): Uncertain {
  const images = variance(imageDraws), seeds = perSeed.length;
  if (seeds === 1) return { value, standardError: Math.sqrt(images), degreesOfFreedom: Infinity };
  const ofSeeds = variance(perSeed) / seeds, whole = images + ofSeeds;
  return {
    value,
    standardError: Math.sqrt(whole),
    degreesOfFreedom: ofSeeds === 0 ? Infinity : (seeds - 1) * (whole / ofSeeds) ** 2,
  };
}

/** The 95 % interval: Student's t on both sides of the value. */
export function intervalOf({ value, standardError, degreesOfFreedom }: Uncertain): Interval {
  if (standardError === 0) return { low: value, high: value };
  const reach = standardError * studentQuantile(0.975, finite(degreesOfFreedom));
  return { low: value - reach, high: value + reach };
}

/**
 * One-sided p-values of a claim: of a value as far on its side or farther if the truth lies at the border outside
 * (`pHolds`), and as far on the other side if it lies at the border inside (`pFails`).
 */
export function claimPValues(
  number: Uncertain,
  { direction, threshold }: Pick<Claim, "direction" | "threshold">,
): { readonly pHolds: number; readonly pFails: number } {
  const above = (border: number) => chanceAbove(number, border);
  if (direction === "above") return { pHolds: above(threshold), pFails: 1 - above(threshold) };
  if (direction === "below") return { pHolds: 1 - above(threshold), pFails: above(threshold) };
  // Within: both borders must be kept (two one-sided tests), and either may be passed.
  const overLow = above(-threshold), underHigh = 1 - above(threshold);
  return {
    pHolds: Math.max(overLow, underHigh),
    pFails: Math.min(1 - overLow, 1 - underHigh),
  };
}

/** The chance of a value as high as this or higher if the truth is at the border. */
function chanceAbove(
  { value, standardError, degreesOfFreedom }: Uncertain,
  border: number,
): number {
  // Nothing varied, for instance because nothing was right: resampling cannot tell how sure that is.
  if (standardError === 0) return 0.5;
  return studentCdf(-(value - border) / standardError, finite(degreesOfFreedom));
}

/** Student's t with so many degrees of freedom is the normal distribution to seven digits. */
function finite(degreesOfFreedom: number): number {
  return Math.min(degreesOfFreedom, 1e7);
}

function variance(values: Float64Array | readonly number[]): number {
  const list = [...values], mean = meanOf(list);
  const found = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1);
  // Rounding alone does not make equal values differ.
  return found < 1e-24 ? 0 : found;
}
