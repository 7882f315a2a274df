import type { ChartName } from "@/lib/report/chart.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import type { Contrast, Interval } from "@/lib/results/mod.ts";

/** What is drawn of a number, all in one unit. */
export interface IntervalPicture {
  readonly value: number;
  readonly interval: Interval;
  /** One, or two where the value must lie between them. */
  readonly thresholds: readonly number[];
  readonly paper: number | null;
}

/** A contrast's number, or that of a claim of such contrasts, whose value in the paper may be another. */
export function pictureOf(
  { direction, threshold, paper }: Pick<Contrast, "direction" | "threshold" | "paper">,
  { value, interval }: { readonly value: number; readonly interval: Interval },
): IntervalPicture {
  const thresholds = direction === "within" ? [-threshold, threshold] : [threshold];
  return { value, interval, thresholds, paper };
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

/**
 * A line of a table as a small picture: the interval, ours as a dot, the paper's as a hollow diamond, the border dotted. There are
 * hundreds in a page, so that they are written and not laid out.
 */
export function intervalChart(
  { value, interval, thresholds, paper }: IntervalPicture,
  { range: [from, to], name }: {
    readonly range: readonly [number, number];
    readonly name: ChartName;
  },
): Html {
  const at = (number: number) => Number((width * (number - from) / (to - from)).toFixed(2));
  const line = at(interval.low);
  return markup`<svg class="chart" id="${name.id}" role="img" aria-label="${name.label}" width="${
    width + 2
  }" height="20" viewBox="-1 0 ${width + 2} 20" stroke="currentColor" fill="none">${
    thresholds.map((one) =>
      markup`<line transform="translate(${at(one)},0)" x2="0" y2="20" class="edge"/>`
    )
  }<line transform="translate(${line},10)" x2="${
    Number((at(interval.high) - line).toFixed(2))
  }" stroke-width="2.5" stroke-linecap="round" opacity=".55"/><path transform="translate(${
    at(value)
  },10)" d="M-3.9,0a3.9,3.9,0,1,0,7.8,0a3.9,3.9,0,1,0,-7.8,0" fill="currentColor" stroke="none"/>${
    paper !== null &&
    markup`<path transform="translate(${
      at(paper)
    },10)" d="M-4.3,0L0,-4.3L4.3,0L0,4.3Z" class="theirs"/>`
  }</svg>`;
}

const width = 190;
