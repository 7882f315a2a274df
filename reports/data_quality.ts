import { dataQuality } from "@/experiments/data_quality.ts";
import { corruptionDecreases } from "@/experiments/paper/figure_4.ts";
import {
  accuracyRows,
  conditionTable,
  count,
  dots,
  figure,
  fold,
  type Html,
  markup,
  oursAndPapers,
  pivotTable,
  pointOf,
  points,
  pointsRange,
} from "@/lib/report/mod.ts";
import {
  clean,
  type Corruption,
  type Estimate,
  type EstimatedCell,
  estimateDifference,
  type ExperimentResults,
  matches,
} from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { corruptionTitle, methodLook, methodName } from "@/reports/names.ts";

const methods = ["simclr", "supervised"] as const;

/** What a corruption costs a method. */
interface Decrease {
  readonly method: (typeof methods)[number];
  readonly corruption: string;
  /** `undefined` where it was not measured. */
  readonly ours: Estimate | undefined;
  /** The two that are compared, where both are there. */
  readonly cells: readonly EstimatedCell[];
  readonly paper: number;
}

/** Fig 4: the decrease of accuracy by what was done to the pretraining images. */
export const dataQualityReport: ExperimentReport = {
  id: dataQuality.id,
  figures: (results) => [figure({
    id: `${dataQuality.id}-fig-4`,
    title: "Decrease in accuracy relative to pretraining on clean images",
    rows: decreasesOf(results),
    line: ({ method, corruption, ours, paper }) => ({
      method,
      corruption,
      decrease: ours?.value ?? null,
      low: ours?.interval.low ?? null,
      high: ours?.interval.high ?? null,
      paper,
    }),
    numbers: ({ method, corruption, ours, cells }) =>
      ours === undefined ? [] : {
        figure: "Decrease in accuracy",
        what: `${methodName(method)}, ${corruption}`,
        value: ours.value,
        ...ours.interval,
        cells,
      },
    encoding: (rows) => ({ series, groups: [panels(rows)] }),
    tables: (rows) =>
      markup`${fold("All numbers, with intervals", decreaseTable(rows))}${
        fold("The accuracies behind these numbers", conditionTable(accuracyRows(results)))
      }`,
  })],
};

const series = methods.map(methodLook);

/** Paired image by image: clean minus corrupted. */
function decreasesOf(results: ExperimentResults): readonly Decrease[] {
  return corruptionDecreases.flatMap(([corruption, paper]) =>
    methods.map((method): Decrease => ({
      method,
      corruption: corruptionTitle(corruption),
      ...decrease(results, { method, corruption }),
      paper: paper[method],
    }))
  );
}

function decrease(
  { cells, noise }: ExperimentResults,
  { method, corruption }: {
    readonly method: (typeof methods)[number];
    readonly corruption: Corruption;
  },
): Pick<Decrease, "ours" | "cells"> {
  const [left, right] = [clean(), corruption].map((one) =>
    cells.find(({ subject }) => matches({ method, corruption: one }, subject))
  );
  return left === undefined || right === undefined
    ? { ours: undefined, cells: [] }
    : { ours: estimateDifference(left, right, noise), cells: [left, right] };
}

function panels(rows: readonly Decrease[]) {
  const placeOf = ({ method, corruption }: Decrease) => ({
    series: methodName(method),
    at: corruption,
  });
  return oursAndPapers({
    id: `${dataQuality.id}-decrease`,
    ours: rows.flatMap((row) => row.ours === undefined ? [] : pointOf(placeOf(row), row.ours)),
    papers: rows.map((row) => pointOf(placeOf(row), { value: row.paper })),
    panel: (shown, who) => ({
      label: `${who}: decrease in accuracy for ${
        count(corruptionDecreases.length)
      } corruptions, SimCLR and supervised; the numbers are in the table below`,
      caption: markup`<strong>${who}</strong>`,
      spec: dots(shown, { series, across: "decrease, points", down: "corruption" }),
    }),
  });
}

function decreaseTable(rows: readonly Decrease[]): Html {
  return pivotTable(rows, {
    label: "Decrease in accuracy by corruption",
    classes: "sticky",
    corner: "Pretraining images",
    lineOf: ({ corruption }) => corruption,
    columnOf: ({ method }) => method,
    title: (method) => markup`${methodName(method)}<small>decrease, points</small>`,
    cell: (row) => {
      const { ours, paper } = row!;
      const own = ours === undefined
        ? "not measured"
        : markup`${points(ours.value)}<br><small>${pointsRange(ours.interval)}</small>`;
      return markup`${own}<span class="paper">paper ${points(paper)}</span>`;
    },
    caption:
      "Accuracy after pretraining on clean images minus that after pretraining on corrupted ones, both evaluated on " +
      "clean images. Small: 95 % interval, paired image by image.",
  });
}
