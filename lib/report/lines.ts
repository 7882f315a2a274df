import type { TopLevelSpec } from "vega-lite";
import { bySeries, type Point, type Series, seriesSeen } from "@/lib/report/series.ts";

/** What is drawn along which axes. */
export interface LinesLayout {
  readonly series: readonly Series[];
  /** The title of the axis along which points stand: amounts by their size, names in the order of the points. */
  readonly across: string;
  /** The title of the axis of values. */
  readonly up: string;
  /** Where the axis of values ends; where the highest value asks for it unless given. */
  readonly top?: number;
  /** The width of the axes in pixels; by default three panels stand side by side. */
  readonly width?: number;
  /** Whether that axis begins at 0, which it does unless told otherwise. */
  readonly zero?: boolean;
}

/** A line for each series through its points, with their intervals; the line under the pointer stands out. */
export function lines(
  points: readonly Point[],
  { series, across, up, top, width = 235, zero = true }: LinesLayout,
): TopLevelSpec {
  const seen = seriesSeen(series, points);
  const x = axisOf(points, across);
  const y = (field: keyof Point) => ({
    field,
    type: "quantitative" as const,
    title: up,
    scale: top === undefined ? { zero } : { domain: [0, top] },
  });
  const color = bySeries(seen, ({ colour }) => colour);
  return {
    width,
    height: 180,
    data: { values: [...points] },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 1, opacity: 0.5 },
        encoding: { x, y: y("low"), y2: { field: "high" }, color },
      },
      {
        // The picture in the page has no pointer, and all lines are alike.
        params: [{
          name: "near",
          select: { type: "point", on: "pointerover", clear: "pointerout", fields: ["series"] },
        }],
        mark: { type: "line", strokeWidth: 2 },
        encoding: {
          x,
          y: y("value"),
          color,
          strokeDash: bySeries(seen, ({ dashed }) => dashed ? [5, 3] : [1, 0]),
          opacity: { condition: { param: "near", value: 1 }, value: 0.25 },
        },
      },
      {
        mark: { type: "point", filled: true, size: 28, opacity: 1 },
        encoding: { x, y: y("value"), color },
      },
    ],
  };
}

// The largest amount over the smallest, from which on the smaller ones would lie too close to each other.
const wide = 8;

function axisOf(points: readonly Point[], title: string) {
  const places = [...new Set(points.map(({ at }) => at))];
  const amounts = places.filter((one) => typeof one === "number").toSorted((a, b) => a - b);
  const [least, most] = [amounts[0]!, amounts.at(-1)!];
  return amounts.length === places.length
    ? {
      field: "at",
      type: "quantitative" as const,
      title,
      scale: {
        type: least > 0 && most >= wide * least ? "log" as const : "linear" as const,
        domain: [least, most],
        nice: false,
        zero: false,
      },
      axis: {
        values: amounts,
        // Thousands as 1k, to three digits, and thousandths as they are.
        format: least >= 1 ? ".3~s" : "~g",
        labelOverlap: true,
        grid: false,
      },
    }
    : {
      field: "at",
      type: "ordinal" as const,
      title,
      sort: places.map(String),
      axis: { labelAngle: -40, grid: false, labelOverlap: places.length > 8 },
    };
}
