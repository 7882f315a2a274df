import { chart, type ChartName } from "@/lib/report/chart.ts";
import type { Html } from "@/lib/report/html.ts";
import type { Interval } from "@/lib/results/mod.ts";

/** What is drawn of a number, all in one unit. */
export interface IntervalPicture {
  readonly value: number;
  readonly interval: Interval;
  /** One, or two where the value must lie between them. */
  readonly thresholds: readonly number[];
  readonly paper: number | null;
}

/** The range that all contrasts of a table share: their intervals, thresholds and the paper's values, in accuracy. */
export function sharedRange(contrasts: readonly IntervalPicture[]): readonly [number, number] {
  const all = contrasts.flatMap(({ interval, thresholds, paper }) => [
    interval.low,
    interval.high,
    ...thresholds,
    ...(paper === null ? [] : [paper]),
  ]);
  const low = Math.min(...all), high = Math.max(...all);
  const margin = 0.04 * (high - low || 1);
  return [low - margin, high + margin];
}

/** A line of a table as a small picture: the interval, ours as a dot, the paper's as a hollow diamond, the threshold. */
export function intervalChart(
  contrast: IntervalPicture,
  { range, name }: { readonly range: readonly [number, number]; readonly name: ChartName },
): Promise<Html> {
  const { value, interval, thresholds, paper } = contrast;
  const x = {
    field: "x",
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [...range], nice: false, zero: false },
  };
  return chart({
    width: 190,
    height: 20,
    padding: 1,
    layer: [
      {
        data: { values: thresholds.map((threshold) => ({ x: threshold })) },
        mark: { type: "rule", strokeDash: [2, 2], opacity: 0.7 },
        encoding: { x },
      },
      {
        data: { values: [{ x: interval.low, to: interval.high }] },
        mark: { type: "rule", strokeWidth: 2.5, opacity: 0.55, strokeCap: "round" },
        encoding: { x, x2: { field: "to" } },
      },
      {
        data: { values: [{ x: value }] },
        mark: { type: "point", filled: true, size: 60, color: "currentColor", opacity: 1 },
        encoding: { x },
      },
      {
        data: { values: paper === null ? [] : [{ x: paper }] },
        mark: {
          type: "point",
          shape: "diamond",
          size: 75,
          filled: false,
          stroke: "currentColor",
          strokeWidth: 1.5,
          opacity: 0.9,
        },
        encoding: { x },
      },
    ],
  }, { ...name, still: true });
}
