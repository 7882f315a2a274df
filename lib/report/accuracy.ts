import type { CsvLine } from "@/lib/report/csv_link.ts";
import { percent, percentRange } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { pivotTable } from "@/lib/report/pivot_table.ts";
import { rowId } from "@/lib/report/provenance.ts";
import type { TableCell } from "@/lib/report/table.ts";
import {
  type EstimatedCell,
  type ExperimentResults,
  type Factor,
  paperValueFor,
  type Subject,
} from "@/lib/results/mod.ts";

/** A condition at a level, and its accuracy, ours and the paper's, from 0 to 1. */
export interface AccuracyRow {
  readonly subject: Subject;
  /** `undefined` where nothing was measured. */
  readonly cell: EstimatedCell | undefined;
  readonly paper: number | undefined;
}

/** An accuracy that was measured. */
export type MeasuredRow = AccuracyRow & { readonly cell: EstimatedCell };

/** All accuracies of an experiment that were measured. */
export function measuredRows(
  { experiment, cells }: Pick<ExperimentResults, "experiment" | "cells">,
): readonly MeasuredRow[] {
  return cells.map((cell) => ({
    subject: cell.subject,
    cell,
    paper: paperValueFor(experiment.paper, cell.subject)?.value,
  }));
}

/** Those, and after them what is absent. */
export function accuracyRows(results: ExperimentResults): readonly AccuracyRow[] {
  const absent = results.absent.map((subject) => ({
    subject,
    cell: undefined,
    paper: paperValueFor(results.experiment.paper, subject)?.value,
  }));
  return [...measuredRows(results), ...absent];
}

/** A measured accuracy in the CSV beside a figure. */
export function accuracyLine({ subject, cell, paper }: AccuracyRow): readonly CsvLine[] {
  if (cell === undefined) return [];
  const { value, interval, seeds } = cell.estimate;
  return [{
    condition: subject.condition,
    level: subject.level,
    labels: cell.rows[0]!.labels,
    seeds,
    top1: value,
    low: interval.low,
    high: interval.high,
    paper: paper ?? null,
  }];
}

/** A table's cell: ours as a link to its rows, the interval, and the paper's value beneath; a mark is in words too. */
export function accuracyCell(
  row: Pick<AccuracyRow, "cell" | "paper"> | undefined,
  { inDomain, best }: { readonly inDomain?: boolean; readonly best?: boolean } = {},
): TableCell {
  const { cell, paper } = row ?? {};
  const value = cell === undefined
    ? markup`<span class="value note">–</span>`
    : markup`<a class="value" href="#${rowId(cell.rows[0]!)}">${percent(cell.estimate.value)}</a>`;
  const interval = cell &&
    markup`<span class="interval">${percentRange(cell.estimate.interval)}</span>`;
  const theirs = paper !== undefined &&
    markup`<span class="paper">paper ${percent(paper)}</span>`;
  const marks = [inDomain ? "in-domain" : "", best ? "best in the column" : ""].filter(Boolean);
  const spoken = marks.length > 0 && markup`<span class="hidden">${marks.join(", ")}</span>`;
  return {
    classes: [inDomain ? "own" : "", best ? "best" : ""].filter(Boolean).join(" "),
    content: [value, interval, theirs, spoken],
  };
}

/** Every condition by every level, and before the levels a column for each of some factors. */
export function conditionTable(
  rows: readonly AccuracyRow[],
  factors: readonly Factor[] = [],
): Html {
  const levels = new Set(rows.map(({ subject }) => subject.level));
  return pivotTable(rows, {
    label: "Conditions by level",
    classes: "conditions cards",
    stacked: factors.length > 0 || levels.size > 1,
    corner: "Condition",
    lineOf: ({ subject }) => subject.condition,
    before: factors.map(({ title, valueOf }) => ({
      title,
      number: rows.every(({ subject }) => typeof valueOf(subject) === "number"),
      content: ({ subject }) => String(valueOf(subject)),
    })),
    columnOf: ({ subject }) => subject.level,
    cell: (row) => accuracyCell(row),
    caption: "Top-1 accuracy in percent, mean over seeds, with 95 % intervals.",
  });
}
