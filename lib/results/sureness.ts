import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import type { Interval } from "@/lib/results/interval.ts";
import { chosenValue, isRanked, type Lattice, mapLattice } from "@/lib/results/lattice.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import type { Spread } from "@/lib/results/spread.ts";

/** A number and how sure it is. */
export interface Sure {
  readonly value: number;
  /** The variance of the mean over test images: as good as known. */
  readonly ofImages: number;
  /** The variance of the mean over seeds, as far as so many degrees of freedom tell. */
  readonly ofSeeds: number;
  readonly degrees: number;
}

/** Makes numbers with their spread into such with their sureness. */
export function sureness(lattice: Lattice<Spread>, noise: SeedNoise): Lattice<Sure> {
  return mapLattice(lattice, (spread): Sure => {
    const { value, ofImages, seeds } = spread;
    if (seeds === 1) return { value, ofImages, ofSeeds: 0, degrees: 1 };
    const { variance, degrees } = noise.of(spread);
    return { value, ofImages, ofSeeds: variance / seeds, degrees };
  });
}

/**
 * The chance of numbers as high as these or higher if the truth does not lie above a border. For the `rank`-th largest
 * of several to lie above it, so many of them must: the p-value of that many at least (Benjamini and Heller 2008), which for
 * all of them is the largest p-value (Berger 1982), and for one of them Bonferroni's.
 */
export function chanceIfNotAbove(lattice: Lattice<Sure>, border: number): number {
  if (!isRanked(lattice)) return tail(lattice, lattice.value - border);
  return atLeast(lattice.rank, lattice.of.map((one) => chanceIfNotAbove(one, border)));
}

/** The chance of numbers as low as these or lower if the truth does not lie below a border. */
export function chanceIfNotBelow(lattice: Lattice<Sure>, border: number): number {
  if (!isRanked(lattice)) return tail(lattice, border - lattice.value);
  const { rank, of } = lattice;
  return atLeast(of.length + 1 - rank, of.map((one) => chanceIfNotBelow(one, border)));
}

/** The p-value of so many at least of some statements being true. */
export function atLeast(many: number, chances: readonly number[]): number {
  const sorted = chances.toSorted((a, b) => a - b);
  return Math.min(1, (sorted.length - many + 1) * sorted[many - 1]!);
}

/** The chance with which a truth may lie below an interval, and above it. */
export interface Chances {
  readonly below: number;
  readonly above: number;
}

const usual: Chances = { below: 0.025, above: 0.025 };

/** The interval outside of which the truth is with so small a chance on each side. */
export function intervalOf(lattice: Lattice<Sure>, { below, above } = usual): Interval {
  const value = chosenValue(lattice);
  const reach = (sign: 1 | -1): number => {
    const isInside = (distance: number) =>
      (sign < 0
        ? chanceIfNotAbove(lattice, value - distance)
        : chanceIfNotBelow(lattice, value + distance)) > (sign < 0 ? below : above);
    let outside = 1e-4;
    while (isInside(outside) && outside < 1e4) outside *= 2;
    let inside = 0;
    for (let i = 0; i < 30; i++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { low: value - reach(-1), high: value + reach(1) };
}

/**
 * The interval of an accuracy. Accuracies vary the less, the nearer they are to an end: at each border as much as one that lies
 * there would (Wilson 1927), so that the interval ends where accuracies do, and one of 100 % has one too.
 *
 * @param options `images`: so many were tested on.
 */
export function intervalOfAccuracy(
  sure: Sure,
  { images, below, above }: Chances & { readonly images: number },
): Interval {
  const { value, ofImages } = sure;
  const room = (accuracy: number) => accuracy * (1 - accuracy) + 0.5 / images;
  const at = (border: number) => ({ ...sure, ofImages: ofImages * room(border) / room(value) });
  const reach = (end: number, isInside: (border: number) => boolean): number => {
    if (isInside(end)) return end;
    let inside = value, outside = end;
    for (let i = 0; i < 30; i++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return {
    low: reach(0, (border) => chanceIfNotAbove(at(border), border) > below),
    high: reach(1, (border) => chanceIfNotBelow(at(border), border) > above),
  };
}

/**
 * The chance of a number so far beyond its truth: normal, mixed over what its seeds' variance may be (inverse chi-squared),
 * which has the tails that an effective number of degrees of freedom (Satterthwaite) lacks.
 */
function tail({ ofImages, ofSeeds, degrees }: Sure, beyond: number): number {
  // Nothing varied, for instance because nothing was right: that cannot tell how sure it is.
  if (ofImages + ofSeeds === 0) return beyond === 0 ? 0.5 : beyond > 0 ? 0 : 1;
  if (ofSeeds === 0) return above(beyond / Math.sqrt(ofImages));
  const { factors, weights } = mixture(degrees);
  let chance = 0;
  for (let i = 0; i < weights.length; i++) {
    chance += weights[i]! * above(beyond / Math.sqrt(ofImages + ofSeeds * factors[i]!));
  }
  return chance;
}

function above(z: number): number {
  return normalCdf(-z, 0, 1);
}

interface Mixture {
  readonly factors: Float64Array;
  readonly weights: Float64Array;
}

const mixtures = new Map<number, Mixture>();

/** What a variance estimated with so many degrees of freedom may truly be, in units of the estimate, with its weight. */
function mixture(degrees: number): Mixture {
  const known = mixtures.get(degrees);
  if (known !== undefined) return known;
  const points = 60, from = -14 / Math.sqrt(degrees) - 1, to = 7 / Math.sqrt(degrees) + 0.5;
  // The logarithm of chi-squared over its degrees of freedom has the density exp(degrees / 2 (u - exp(u))).
  const us = Float64Array.from(
    { length: points },
    (_, i) => from + (to - from) * (i + 0.5) / points,
  );
  const raw = us.map((u) => Math.exp(degrees / 2 * (u - Math.exp(u) + 1)));
  const whole = raw.reduce((sum, one) => sum + one, 0);
  const made = { factors: us.map((u) => Math.exp(-u)), weights: raw.map((one) => one / whole) };
  mixtures.set(degrees, made);
  return made;
}
