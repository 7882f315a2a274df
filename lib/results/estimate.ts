import type { Cell } from "@/lib/results/cells.ts";
import type { Interval } from "@/lib/results/interval.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import { combine, meanSource } from "@/lib/results/smooth.ts";
import { sourceOfCell } from "@/lib/results/source.ts";
import { spreadOf } from "@/lib/results/spread.ts";
import { intervalOf, intervalOfAccuracy, type Sure, sureness } from "@/lib/results/sureness.ts";

/** A mean over seeds, its interval, and what the interval covers. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
  /** With one seed the interval covers the choice of test images only, not that of the seed. */
  readonly seeds: number;
}

/** A cell with its accuracy. */
export interface EstimatedCell extends Cell {
  readonly estimate: Estimate;
}

/** The accuracy of a cell; its interval ends where accuracies do. */
export function estimateCell(cell: Cell, noise: SeedNoise): EstimatedCell {
  return { ...cell, estimate: estimateMean([cell], noise)! };
}

/**
 * The mean accuracy of some cells at the seeds that all have; nothing where they have none in common.
 *
 * @param options `bestOf`: of how many it is the best on these very test images, so that luck is likely to have helped it: the low
 * end of its interval is one that all of theirs keep together (Bonferroni).
 */
export function estimateMean(
  cells: readonly Cell[],
  noise: SeedNoise,
  { bestOf = 1 } = {},
): Estimate | undefined {
  const [first = [], ...others] = cells.map(({ rows }) => rows.map(({ seed }) => seed));
  const seeds = first.filter((seed) => others.every((one) => one.includes(seed)));
  if (seeds.length === 0) return undefined;
  const mean = meanSource(cells.map(sourceOfCell), seeds);
  const interval = intervalOfAccuracy(sureness(spreadOf(mean, seeds), noise) as Sure, {
    images: Math.min(...cells.map(({ correct }) => correct[0]!.length)),
    ...{ below: 0.025 / bestOf, above: 0.025 },
  });
  return { value: mean.value, interval, seeds: seeds.length };
}

/**
 * One cell's accuracy minus another's, at the seeds that both have; nothing where they have none in common.
 *
 * @param options `comparisons`: of how many differences it is one, which their intervals are to cover together (Bonferroni).
 * `leftOf` and `rightOf`: of how many a side is the best on these very test images, so that luck is likely to have helped it:
 * that end of the interval which says that it is ahead is one that all of theirs keep together.
 */
export function estimateDifference(
  left: Cell,
  right: Cell,
  noise: SeedNoise,
  { comparisons = 1, leftOf = 1, rightOf = 1 } = {},
): Estimate | undefined {
  const others = right.rows.map(({ seed }) => seed);
  const seeds = left.rows.map(({ seed }) => seed).filter((seed) => others.includes(seed));
  if (seeds.length === 0) return undefined;
  const [minuend, subtrahend] = [left, right].map((cell) =>
    meanSource([sourceOfCell(cell)], seeds)
  );
  const difference = combine([[minuend!, 1], [subtrahend!, -1]]);
  const interval = intervalOf(sureness(spreadOf(difference, seeds), noise), {
    below: 0.025 / comparisons / leftOf,
    above: 0.025 / comparisons / rightOf,
  });
  return { value: difference.value, interval, seeds: seeds.length };
}
