import {
  accuracyCell,
  accuracyLine,
  type Cited,
  count,
  type Figure,
  figure,
  fold,
  type Html,
  lines,
  markup,
  type MeasuredRow,
  measuredRows,
  oursAndPapers,
  type Panel,
  pivotTable,
  plural,
  pointOf,
  type Series,
  seriesSeen,
  slug,
} from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";

/** A line of a panel: how it is drawn, and the accuracies that are its points. */
export interface CurveSpec extends Series {
  readonly includes: (row: MeasuredRow) => boolean;
}

/** A panel: its title, and the lines in it. */
export interface PanelSpec {
  readonly title: string;
  readonly curves: readonly CurveSpec[];
}

/** Some panels of accuracy by the number of labels, ours and the paper's side by side. */
export function labelFigure(
  results: ExperimentResults,
  { panels, ...rest }: Cited & {
    readonly panels: readonly PanelSpec[];
    /** What stands above them. */
    readonly intro?: Html;
  },
): Figure {
  const curves = panels.flatMap((panel) => panel.curves);
  return figure<MeasuredRow>({
    ...rest,
    rows: measuredRows(results).filter((row) => curves.some((one) => one.includes(row))),
    line: accuracyLine,
    encoding: (rows) => ({
      series: [...new Map(curves.map((curve) => [curve.name, curve])).values()],
      groups: panels.map((panel) => labelPanels(rows, { id: results.experiment.id, ...panel })),
    }),
    tables: (rows) =>
      fold("All numbers in these figures", panels.map((panel) => labelTable(rows, panel))),
  });
}

const sizesInPaper: Readonly<Record<string, number>> = {
  "10k": 10_000,
  "50k": 50_000,
  "125k": 125_000,
  "250k": 250_000,
  "500k": 500_000,
  "1M": 1_000_000,
};

function labelPanels(
  rows: readonly MeasuredRow[],
  { id, title, curves }: PanelSpec & { readonly id: string },
): readonly Panel[] {
  const shown = curves.flatMap(({ name: series, includes }) =>
    rows.filter(includes).map((row) => ({ series, ...row }))
  );
  return oursAndPapers({
    id: `${id}-${slug(title)}`,
    ours: shown.map(({ series, cell }) =>
      pointOf({ series, at: cell.rows[0]!.labels }, cell.estimate)
    ),
    papers: shown.flatMap(({ series, subject, paper }) => {
      const at = sizesInPaper[subject.labels];
      return paper === undefined || at === undefined
        ? []
        : [pointOf({ series, at }, { value: paper })];
    }),
    panel: (points, who) => ({
      label: `${who}, ${title}: top-1 accuracy by the number of labelled images, ${
        plural(seriesSeen(curves, points).length, "line")
      }; the numbers are in the table below`,
      caption: markup`<strong>${title}</strong>, ${who.toLowerCase()}`,
      spec: lines(points, { series: curves, across: "labelled images", up: "top-1, %" }),
    }),
  });
}

/** Every point of a panel. */
function labelTable(rows: readonly MeasuredRow[], { title, curves }: PanelSpec): Html | null {
  const shown = curves.flatMap(({ name, includes }) =>
    rows.filter(includes).map((row) => ({ name, ...row }))
  );
  if (shown.length === 0) return null;
  const labelsOf = ({ cell }: MeasuredRow) => cell.rows[0]!.labels;
  return markup`<h4>${title}</h4>
${
    pivotTable(shown, {
      label: `${title}: top-1 in percent`,
      classes: "sticky",
      corner: "Labels",
      lineOf: ({ name }) => name,
      columnOf: ({ subject }) => subject.labels,
      columns: [
        ...new Set(
          shown.toSorted((a, b) => labelsOf(a) - labelsOf(b)).map(({ subject }) => subject.labels),
        ),
      ],
      title: (name, [row]) => markup`${count(labelsOf(row!))}<small>${name}</small>`,
      cell: (row) => accuracyCell(row),
    })
  }`;
}
