import {
  accuracyCell,
  chart,
  type Cited,
  count,
  exhibit,
  type Html,
  markup,
  plural,
  slug,
  table,
} from "@/lib/report/mod.ts";
import { type EstimatedCell, type ExperimentResults, paperValueFor } from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";

/** A line of a panel: its name, its colour, and the conditions that are its points. */
export interface CurveSpec {
  readonly name: string;
  /** A colour, or `currentColor` for what the others are compared with. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly includes: (cell: EstimatedCell) => boolean;
}

/** A panel: its title, and the lines in it. */
export interface PanelSpec {
  readonly title: string;
  readonly curves: readonly CurveSpec[];
}

interface Point {
  readonly series: string;
  readonly labels: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Some panels of accuracy by the number of labels, as a figure with all that belongs to it. */
export async function labelFigure(
  results: ExperimentResults,
  { panels, ...cited }: Cited & { readonly panels: readonly PanelSpec[] },
): Promise<Html> {
  const curves = panels.flatMap((panel) => panel.curves);
  return exhibit({
    ...cited,
    data: cellLines(
      results,
      results.cells.filter((cell) => curves.some((one) => one.includes(cell))),
    ),
    content: markup`${await labelCurves(results, panels)}${labelTable(results, panels)}`,
  });
}

/** Accuracy by the number of labels, ours and the paper's side by side, a pair of charts a panel, on axes of their own. */
async function labelCurves(
  { experiment, cells }: ExperimentResults,
  panels: readonly PanelSpec[],
): Promise<Html> {
  const figures = await Promise.all(panels.map(async ({ title, curves }) => {
    const shown = curves.map((curve) => ({ curve, cells: cells.filter(curve.includes) }));
    const ours = shown.flatMap(({ curve, cells }) => cells.map((cell) => pointOf(cell, curve)));
    const theirs = shown.flatMap(({ curve, cells }) =>
      cells.flatMap((cell): readonly Point[] => {
        const paper = paperValueFor(experiment.paper, cell.subject);
        const labels = sizesInPaper[cell.subject.labels];
        if (paper === undefined || labels === undefined) return [];
        const value = 100 * paper.value;
        return [{ series: curve.name, labels, value, low: value, high: value }];
      })
    );
    const id = `${experiment.id}-${slug(title)}`;
    return markup`<div class="pair">${[
      await panel(ours, { id, who: "Ours", title, curves }),
      await panel(theirs, { id: `${id}-paper`, who: "The paper’s", title, curves }),
    ]}</div>
`;
  }));
  return markup`${key(panels)}${
    figures.length > 1 ? markup`<div class="columns">${figures}</div>` : figures
  }`;
}

const sizesInPaper: Readonly<Record<string, number>> = {
  "10k": 10_000,
  "50k": 50_000,
  "125k": 125_000,
  "250k": 250_000,
  "500k": 500_000,
  "1M": 1_000_000,
};

function pointOf(cell: EstimatedCell, { name }: CurveSpec): Point {
  const { value, interval } = cell.estimate;
  return {
    series: name,
    labels: cell.rows[0]!.labels,
    value: 100 * value,
    low: 100 * interval.low,
    high: 100 * interval.high,
  };
}

async function panel(
  points: readonly Point[],
  { id, who, title, curves }: {
    readonly id: string;
    readonly who: string;
    readonly title: string;
    readonly curves: readonly CurveSpec[];
  },
): Promise<Html | null> {
  if (points.length === 0) return null;
  const seen = curves.filter(({ name }) => points.some(({ series }) => series === name));
  const counts = [...new Set(points.map(({ labels }) => labels))].toSorted((a, b) => a - b);
  const color = {
    field: "series",
    type: "nominal" as const,
    scale: { domain: seen.map(({ name }) => name), range: seen.map(({ colour }) => colour) },
    legend: null,
  };
  const strokeDash = {
    field: "series",
    type: "nominal" as const,
    scale: {
      domain: seen.map(({ name }) => name),
      range: seen.map(({ dashed }) => dashed ? [5, 3] : [1, 0]),
    },
    legend: null,
  };
  const x = {
    field: "labels",
    type: "quantitative" as const,
    title: "labelled images",
    scale: { type: "log" as const, domain: [counts[0]!, counts.at(-1)!], nice: false },
    axis: { values: counts, format: "~s", labelOverlap: true, grid: false },
  };
  const drawn = await chart({
    width: 235,
    height: 180,
    data: { values: [...points] },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 1, opacity: 0.5 },
        encoding: {
          x,
          y: { field: "low", type: "quantitative", title: "top-1, %", scale: { zero: true } },
          y2: { field: "high" },
          color,
        },
      },
      {
        // The line under the pointer stands out; the picture in the page has none, and all are alike.
        params: [{
          name: "near",
          select: { type: "point", on: "pointerover", clear: "pointerout", fields: ["series"] },
        }],
        mark: { type: "line", strokeWidth: 2 },
        encoding: {
          x,
          y: { field: "value", type: "quantitative", title: "top-1, %" },
          color,
          strokeDash,
          opacity: { condition: { param: "near", value: 1 }, value: 0.25 },
        },
      },
      {
        mark: { type: "point", filled: true, size: 28, opacity: 1 },
        encoding: { x, y: { field: "value", type: "quantitative", title: "top-1, %" }, color },
      },
    ],
  }, {
    id,
    label: `${who}, ${title}: top-1 accuracy by the number of labelled images, ${
      plural(seen.length, "line")
    }; the numbers are in the table below`,
  });
  return markup`<figure>${drawn}<figcaption><strong>${title}</strong>, ${who.toLowerCase()}</figcaption></figure>
`;
}

/** What the colours mean, once for all panels. */
function key(panels: readonly PanelSpec[]): Html {
  const curves = new Map(panels.flatMap((one) => one.curves.map((curve) => [curve.name, curve])));
  return markup`<ul class="key lines">${
    [...curves.values()].map(({ name, colour, dashed }) =>
      markup`<li><span class="swatch${
        dashed ? " dashed" : ""
      }" style="color: ${colour}" aria-hidden="true"></span>${name}</li>`
    )
  }</ul>
`;
}

/** Every point of some panels, in a table that opens. */
function labelTable(
  { experiment, cells }: ExperimentResults,
  panels: readonly PanelSpec[],
): Html {
  const blocks = panels.map(({ title, curves }) => {
    const shown = curves.map(({ name, includes }) => ({
      name,
      points: cells.filter(includes).toSorted((a, b) => a.rows[0]!.labels - b.rows[0]!.labels),
    })).filter(({ points }) => points.length > 0);
    const longest = shown.toSorted((a, b) => b.points.length - a.points.length)[0];
    if (longest === undefined) return null;
    return markup`<h4>${title}</h4>
${
      table({
        label: `${title}: top-1 in percent`,
        columns: [
          { title: "Labels" },
          ...longest.points.map(({ rows, subject }) => ({
            title: markup`${count(rows[0]!.labels)}<small>${subject.labels}</small>`,
            number: true,
          })),
        ],
        rows: shown.map(({ name, points }) => ({
          header: name,
          cells: longest.points.map(({ subject }) => {
            const cell = points.find((one) => one.subject.labels === subject.labels);
            return accuracyCell({
              ours: cell && { ...cell.estimate, cell },
              paper: cell && paperValueFor(experiment.paper, cell.subject)?.value,
            });
          }),
        })),
      })
    }`;
  });
  return markup`<details><summary>All numbers of these figures</summary>${blocks}</details>
`;
}
