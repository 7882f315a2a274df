import type { Contrast } from "@/dsl/mod.ts";
import type { Interval } from "@/lib/results/interval.ts";
import { chosenValue, type Lattice, leavesOf, mapLattice } from "@/lib/results/lattice.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import type { Smooth } from "@/lib/results/smooth.ts";
import { type Spread, spreadOf } from "@/lib/results/spread.ts";
import {
  chanceIfNotAbove,
  chanceIfNotBelow,
  intervalOf,
  type Sure,
  sureness,
} from "@/lib/results/sureness.ts";
import type { Measured } from "@/lib/results/term.ts";

/** A contrast with how it varies over test images and seeds. */
export interface SpreadContrast {
  readonly contrast: Contrast;
  readonly seeds: readonly number[];
  /** Its number, or that of each class of a share. */
  readonly spread: { readonly lattice: Lattice<Spread> } | { readonly classes: readonly Spread[] };
}

/** What can be said of a number by itself. */
export interface Tested {
  readonly value: number;
  /** 95 %, of this number by itself; of a single seed it covers the choice of test images only. */
  readonly interval: Interval;
  /** One-sided: how likely so large a number is if what is claimed of it is false. */
  readonly pHolds: number;
  /** One-sided: how likely so small a number is if what is claimed of it is true. */
  readonly pFails: number;
}

/** A contrast and what can be said of it. */
export interface TestedContrast extends Tested {
  readonly contrast: Contrast;
  readonly seeds: number;
}

/** Finds how a contrast's number varies. */
export function spreadContrast(
  contrast: Contrast,
  measured: Measured,
  seeds: readonly number[],
): SpreadContrast {
  const of = (one: Smooth) => spreadOf(one, seeds);
  const spread = measured.lattice === undefined
    ? { classes: measured.classes.map(of) }
    : { lattice: mapLattice(measured.lattice, of) };
  return { contrast, seeds, spread };
}

/** All numbers that a contrast is made of. */
export function spreadsIn({ spread }: SpreadContrast): readonly Spread[] {
  return "lattice" in spread ? leavesOf(spread.lattice) : spread.classes;
}

/** Tests a contrast by itself. */
export function testContrast(one: SpreadContrast, noise: SeedNoise): TestedContrast {
  const { contrast, seeds, spread } = one;
  const tested = "lattice" in spread
    ? testNumber(sureness(spread.lattice, noise), contrast)
    : testShare(spread.classes.map((each) => sureness(each, noise) as Sure), contrast);
  return { contrast, seeds: seeds.length, ...tested };
}

/** Tests where a number lies. */
export function testNumber(
  number: Lattice<Sure>,
  { direction, threshold }: Pick<Contrast, "direction" | "threshold">,
): Tested {
  const told = { value: chosenValue(number), interval: intervalOf(number) };
  const isAbove = (border: number) => chanceIfNotAbove(number, border);
  const isBelow = (border: number) => chanceIfNotBelow(number, border);
  switch (direction) {
    case "above":
      return { ...told, pHolds: isAbove(threshold), pFails: isBelow(threshold) };
    case "below":
      return { ...told, pHolds: isBelow(threshold), pFails: isAbove(threshold) };
    case "within":
      return {
        ...told,
        // Both borders must be kept (two one-sided tests), and either may be passed.
        pHolds: Math.max(isAbove(-threshold), isBelow(threshold)),
        pFails: Math.min(1, 2 * Math.min(isBelow(-threshold), isAbove(threshold))),
      };
  }
}

/**
 * Tests a share of classes: enough of them must be ahead, or behind. Its interval counts the classes of which that can be
 * told at all, so that it ends where shares do.
 */
function testShare(
  classes: readonly Sure[],
  { direction, threshold }: Pick<Contrast, "direction" | "threshold">,
): Tested {
  const n = classes.length;
  // So many are ahead of 0 if the one of that rank is.
  const ahead = (many: number) => many > n ? 1 : chanceIfNotAbove({ rank: many, of: classes }, 0);
  const behind = (many: number) =>
    many > n ? 1 : chanceIfNotBelow({ rank: n + 1 - many, of: classes }, 0);
  const ranks = classes.map((_, i) => i + 1);
  const surely = (side: (many: number) => number) =>
    ranks.findLast((many) => side(many) <= 0.025) ?? 0;
  const value = classes.reduce((sum, { value }) => sum + (Math.sign(value) + 1) / 2, 0) / n;
  const interval = {
    low: Math.min(value, surely(ahead) / n),
    high: Math.max(value, 1 - surely(behind) / n),
  };
  const [claimed, other, border] = direction === "above"
    ? [ahead, behind, threshold] as const
    : [behind, ahead, 1 - threshold] as const;
  const enough = Math.floor(border * n) + 1;
  return { value, interval, pHolds: claimed(enough), pFails: other(n + 1 - enough) };
}
