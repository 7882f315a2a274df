import { intervalOf, uncertainty } from "@/lib/results/contrast_interval.ts";
import type { Interval } from "@/lib/results/interval.ts";
import type { ResampledCell } from "@/lib/results/resample.ts";
import { measureCell } from "@/lib/results/measure_cell.ts";

/** A mean over seeds, its interval, and what the interval covers. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
  /** With one seed the interval covers the choice of test images only, not that of the seed. */
  readonly seeds: number;
}

/** The accuracy of a cell; its interval ends where accuracies do. */
export function estimate(cell: ResampledCell): Estimate {
  const seeds = cell.rows.map(({ seed }) => seed);
  const number = uncertainty(measureCell(cell, seeds));
  const { low, high } = intervalOf(number);
  const interval = { low: Math.max(0, low), high: Math.min(1, high) };
  return { value: number.value, interval, seeds: seeds.length };
}
