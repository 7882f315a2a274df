import {
  type ClassSize,
  countIn,
  type DeclaredFigure,
  type FactorName,
  isClassSize,
} from "@/dsl/mod.ts";
import { type Estimate, type EstimatedCell, estimateMean } from "@/lib/results/estimate.ts";
import { factorOf, none } from "@/lib/results/factors.ts";
import { type FigurePlace, placeOf, shows } from "@/lib/results/figured.ts";
import type { ExperimentResults } from "@/lib/results/study.ts";
import type { Subject } from "@/lib/results/subject.ts";

/** A number of a declared figure: what it shows at a place. */
export interface FigureRow {
  readonly place: FigurePlace;
  /** One, or those whose mean is shown. */
  readonly subjects: readonly Subject[];
  /** Those of them that were measured. */
  readonly cells: readonly EstimatedCell[];
  /** Their accuracy; absent where not all were measured at some seed. */
  readonly estimate: Estimate | undefined;
}

/** The numbers of a declared figure, those too that are not measured, in the order of the trials. */
export function figureRows(
  figure: DeclaredFigure,
  { cells, absent, noise }: Pick<ExperimentResults, "cells" | "absent" | "noise">,
): readonly FigureRow[] {
  const all: readonly { readonly subject: Subject; readonly cell?: EstimatedCell }[] = [
    ...cells.map((cell) => ({ subject: cell.subject, cell })),
    ...absent.map((subject) => ({ subject })),
  ];
  const shown = all.filter(({ subject }) => shows(figure, subject))
    .map((one) => ({ ...one, place: placeOf(figure, one.subject) }));
  return [...Map.groupBy(shown, ({ place }) => JSON.stringify(place)).values()].map((group) => {
    // Conditions that are the same work count once.
    const measured = new Map(
      group.flatMap(({ cell }) => cell === undefined ? [] : [[workOf(cell), cell]]),
    );
    const cells = [...measured.values()];
    const isWhole = group.every(({ cell }) => cell !== undefined);
    return {
      place: group[0]!.place,
      subjects: group.map(({ subject }) => subject),
      cells,
      estimate: isWhole ? estimateMean(cells, noise) : undefined,
    };
  });
}

function workOf({ rows: [row] }: EstimatedCell): string {
  return `${row!.origin.score} ${row!.level}`;
}

/** An axis of amounts. */
export interface AmountAxis {
  readonly title: string;
  /** `null` for what has none of them. */
  readonly amountOf: (row: FigureRow) => number | null;
}

/**
 * A factor as an axis of amounts.
 *
 * @param rows All measured ones of the figure.
 * @returns `null` where it has other values than numbers.
 */
export function amountAxis(name: FactorName, rows: readonly FigureRow[]): AmountAxis | null {
  const axis = axisOf(name, rows.flatMap(({ subjects }) => subjects));
  const values = rows.map(axis.valueOf);
  const isOfAmounts = values.some((one) => typeof one === "number") &&
    values.every((one) => typeof one === "number" || one === none);
  if (!isOfAmounts) return null;
  const amountOf = (row: FigureRow) => {
    const value = axis.valueOf(row);
    return typeof value === "number" ? value : null;
  };
  return { title: axis.title, amountOf };
}

function axisOf(name: FactorName, subjects: readonly Subject[]) {
  const { title, valueOf } = factorOf(name);
  const measured = ({ cells }: FigureRow) => cells[0]!.rows[0]!;
  if (name === "size") {
    return { title, valueOf: (row: FigureRow) => measured(row).pretrain_images || none };
  }
  if (name !== "labels") {
    return { title, valueOf: ({ subjects: [subject] }: FigureRow) => valueOf(subject!) };
  }
  return subjects.every(({ labels }) => isClassSize(labels))
    ? {
      title: "labels a class",
      valueOf: ({ subjects: [subject] }: FigureRow) => countIn(subject!.labels as ClassSize),
    }
    : { title: "labelled images", valueOf: (row: FigureRow) => measured(row).labels };
}
