import { type Html, markup } from "@/lib/report/html.ts";
import type { Interval } from "@/lib/results/mod.ts";

/** How one of several things that a figure compares is named and drawn, in every picture and in the key. */
export interface Series {
  readonly name: string;
  /** A colour, or `currentColor` for what the others are compared with. */
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A number as it is drawn: in percent or points, with the ends of its interval. */
export interface Point {
  /** The name of its series. */
  readonly series: string;
  /** Where on the axis: an amount, or a name. */
  readonly at: number | string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A number of 0 to 1 as a point; one without an interval is its own ends. */
export function pointOf(
  place: Pick<Point, "series" | "at">,
  { value, interval: { low, high } = { low: value, high: value } }: {
    readonly value: number;
    readonly interval?: Interval;
  },
): Point {
  return { ...place, value: 100 * value, low: 100 * low, high: 100 * high };
}

/** Those of some series that have points. */
export function seriesSeen(
  series: readonly Series[],
  points: readonly Point[],
): readonly Series[] {
  return series.filter(({ name }) => points.some((point) => point.series === name));
}

/** A channel of a chart that tells series apart by what each has of its own. */
export function bySeries<T>(series: readonly Series[], own: (one: Series) => T) {
  return {
    field: "series",
    type: "nominal" as const,
    scale: { domain: series.map(({ name }) => name), range: series.map(own) },
    legend: null,
  };
}

/** What the colours mean, once for all pictures of a figure. */
export function seriesKey(series: readonly Series[]): Html {
  return markup`<ul class="key lines">${
    series.map(({ name, colour, dashed }) =>
      markup`<li><span class="swatch${
        dashed ? " dashed" : ""
      }" style="color: ${colour}" aria-hidden="true"></span>${name}</li>`
    )
  }</ul>
`;
}
