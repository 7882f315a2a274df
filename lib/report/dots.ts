import type { TopLevelSpec } from "vega-lite";
import { bySeries, type Point, type Series } from "@/lib/report/series.ts";

/** What is drawn along which axes. */
export interface DotsLayout {
  readonly series: readonly Series[];
  /** The title of the axis of values. */
  readonly across: string;
  /** What the names down the side are. */
  readonly down: string;
  /** The width of the axes in pixels; by default two panels stand side by side. */
  readonly width?: number;
}

/** A line of dots for each name, in the order of the points: one for each series, with its interval. */
export function dots(
  points: readonly Point[],
  { series, across, down, width = 220 }: DotsLayout,
): TopLevelSpec {
  const color = bySeries(series, ({ colour }) => colour);
  const names = [...new Set(points.map(({ at }) => String(at)))];
  const lines = names.map(inLines);
  const shared = {
    y: {
      field: "at",
      type: "nominal" as const,
      sort: names,
      title: down,
      axis: {
        title: null,
        labelLimit: 400,
        grid: false,
        labelExpr: `${JSON.stringify(Object.fromEntries(lines))}[datum.label]`,
      },
    },
    yOffset: {
      field: "series",
      type: "nominal" as const,
      sort: series.map(({ name }) => name),
    },
    color,
  };
  const x = (field: keyof Point) => ({ field, type: "quantitative" as const, title: across });
  return {
    width,
    // A name of two lines has room for both, whatever dots are beside it.
    height: {
      step: Math.max(15, lines.some(([, { length }]) => length > 1) ? 30 / series.length : 0),
    },
    data: { values: [...points] },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2, opacity: 0.5 },
        encoding: { ...shared, x: x("low"), x2: { field: "high" } },
      },
      {
        mark: { type: "point", filled: true, size: 50, opacity: 1 },
        encoding: { ...shared, x: x("value") },
      },
    ],
  };
}

// So long a name leaves a narrow screen enough room for the dots.
const longest = 20;

/** A name, and it in two lines of about the same length where it is long. */
function inLines(name: string): readonly [name: string, lines: readonly string[]] {
  const middle = name.length / 2;
  const [space] = [...name.matchAll(/ /g)].map(({ index }) => index)
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return name.length <= longest || space === undefined
    ? [name, [name]]
    : [name, [name.slice(0, space), name.slice(space + 1)]];
}
