import type { TopLevelSpec } from "vega-lite";
import { percent } from "@/lib/report/format.ts";

/** A square of a heat map. */
export interface HeatCell {
  readonly row: string;
  readonly column: string;
  /** 0 to 1. */
  readonly value: number;
  /** Set apart by a frame. */
  readonly framed: boolean;
}

/** Among which squares colours are compared: tasks differ in difficulty, so that a column of its own task has its own best. */
export type Within = "column" | "all";

/** Rows and columns in order, and how much of the best a cell must be to have a colour of its own. */
export interface HeatMapLayout {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly lowest: number;
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** `"column"` unless given. */
  readonly within?: Within;
}

/** Each cell with its value over the best of its column, or of all. Where the best is 0, all are, and each is the best. */
export function relativeToBest(
  cells: readonly HeatCell[],
  within: Within = "column",
): readonly (HeatCell & { readonly ofBest: number })[] {
  const groupOf = ({ column }: HeatCell) => within === "column" ? column : within;
  const groups = Map.groupBy(cells, groupOf);
  return cells.map((cell) => {
    const best = Math.max(...groups.get(groupOf(cell))!.map(({ value }) => value));
    return { ...cell, ofBest: best === 0 ? 1 : cell.value / best };
  });
}

/** The next lower twentieth of the least of some shares of the best, so that a scale of colours begins at a round share. */
export function lowestShare(shares: readonly number[]): number {
  return Math.min(0.95, Math.floor(20 * Math.min(...shares)) / 20);
}

// One hue from light to dark in both modes; the figures change colour where the ground gets dark.
const colours = ["#f1f5f9", "#b6cde3", "#5e93c4", "#1f5c9c", "#0f3763"];
const darkFrom = 0.58;

// So many letters have room above a column.
const longestFlat = 11;

/** A heat map with its figures in percent. */
export function heatMap(
  cells: readonly HeatCell[],
  { rows, columns, lowest, rowTitle, columnTitle, within = "column" }: HeatMapLayout,
): TopLevelSpec {
  const values = relativeToBest(cells, within).map((cell) => ({
    ...cell,
    text: percent(cell.value),
    dark: (cell.ofBest - lowest) / (1 - lowest) > darkFrom,
  }));
  const isLong = columns.some((column) => column.length > longestFlat);
  const axis = { domain: false, ticks: false, labelPadding: 6, titlePadding: 8 };
  return {
    width: 66 * columns.length,
    height: 42 * rows.length,
    data: { values },
    encoding: {
      x: {
        field: "column",
        type: "nominal",
        sort: [...columns],
        scale: { domain: [...columns] },
        title: columnTitle,
        axis: { ...axis, orient: "top", labelAngle: isLong ? -30 : 0, labelLimit: 220 },
      },
      y: {
        field: "row",
        type: "nominal",
        sort: [...rows],
        scale: { domain: [...rows] },
        title: rowTitle,
        axis: { ...axis, labelLimit: 300 },
      },
    },
    layer: [
      {
        mark: { type: "rect" },
        encoding: {
          color: {
            field: "ofBest",
            type: "quantitative",
            scale: { domain: [lowest, 1], range: colours },
            legend: {
              title: within === "column" ? "share of the column's best" : "share of the best",
              titleLimit: 240,
              orient: "bottom",
              format: ".0%",
              tickCount: 4,
              gradientLength: 180,
              gradientThickness: 10,
            },
          },
        },
      },
      {
        transform: [{ filter: "datum.framed" }],
        mark: { type: "rect", fill: null, stroke: "#e8a317", strokeWidth: 2.5 },
      },
      {
        mark: { type: "text", fontSize: 13 },
        encoding: {
          text: { field: "text", type: "nominal", title: "top-1, %" },
          color: { condition: { test: "datum.dark", value: "#ffffff" }, value: "#14181d" },
        },
      },
    ],
  };
}
