import type { Cell } from "@/lib/results/cells.ts";
import type { Interval } from "@/lib/results/interval.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import { combine, meanSource } from "@/lib/results/smooth.ts";
import { sourceOfCell } from "@/lib/results/source.ts";
import { spreadOf } from "@/lib/results/spread.ts";
import { intervalOf, sureness } from "@/lib/results/sureness.ts";

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

/** The mean accuracy of some cells at the seeds that all have; nothing where they have none in common. */
export function estimateMean(cells: readonly Cell[], noise: SeedNoise): Estimate | undefined {
  const [first = [], ...others] = cells.map(({ rows }) => rows.map(({ seed }) => seed));
  const seeds = first.filter((seed) => others.every((one) => one.includes(seed)));
  if (seeds.length === 0) return undefined;
  const mean = meanSource(cells.map(sourceOfCell), seeds);
  const { low, high } = intervalOf(sureness(spreadOf(mean, seeds), noise));
  const interval = { low: Math.max(0, low), high: Math.min(1, high) };
  return { value: mean.value, interval, seeds: seeds.length };
}

/**
 * One cell's accuracy minus another's, at the seeds that both have; nothing where they have none in common.
 *
 * @param options `comparisons`: of how many it is one, which their intervals are to cover together (Bonferroni).
 */
export function estimateDifference(
  left: Cell,
  right: Cell,
  noise: SeedNoise,
  { comparisons = 1 } = {},
): Estimate | undefined {
  const others = right.rows.map(({ seed }) => seed);
  const seeds = left.rows.map(({ seed }) => seed).filter((seed) => others.includes(seed));
  if (seeds.length === 0) return undefined;
  const [minuend, subtrahend] = [left, right].map((cell) =>
    meanSource([sourceOfCell(cell)], seeds)
  );
  const difference = combine([[minuend!, 1], [subtrahend!, -1]]);
  const interval = intervalOf(
    sureness(spreadOf(difference, seeds), noise),
    0.025 / comparisons,
  );
  return { value: difference.value, interval, seeds: seeds.length };
}
