import { from, toCSV } from "arquero";
import type { Contrast, Experiment } from "@/dsl/mod.ts";
import type { TestedContrast } from "@/lib/results/contrast.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { paperEffect } from "@/lib/results/paper_effect.ts";
import { isTested, type Judgement } from "@/lib/results/judge.ts";
import type { Cell } from "@/lib/results/cells.ts";
import { cellIds, cellsOfContrast, shortKey } from "@/lib/results/cell_id.ts";
import { rowColumns, type RowLine } from "@/lib/results/row_lines.ts";
import { measuredColumns, type Row } from "@/lib/results/rows.ts";

/** The rows as comma-separated values under {@linkcode rowColumns}, or some of them. */
export function rowsCsv(
  lines: readonly RowLine[],
  columns: readonly (typeof rowColumns)[number][] = rowColumns,
): string {
  return toCSV(from([...lines]), { columns: [...columns] });
}

/** A hash that tells the measured numbers of one study from those of another, whatever store and code they are from. */
export function rowsHash(rows: readonly Row[]): string {
  return sha256(toCSV(from([...rows]), { columns: [...measuredColumns] }));
}

/** A number of the page that is no row: in accuracy or as a share, 0 to 1, unless `what` names another unit. */
export interface DerivedNumber {
  /** What it belongs to: "Accuracy by order". */
  readonly figure: string;
  readonly what: string;
  readonly value: number;
  /** Its interval, if it has one. */
  readonly low?: number;
  readonly high?: number;
  /** The cells that it is worked out of; none where it is not one of accuracies, or where its words name them. */
  readonly cells?: readonly Pick<Cell, "subject">[];
  /** The key of the step that tells it, where it is not one of accuracies. */
  readonly step?: string;
}

/** The columns of `figures.csv`, in order; `cells` and `step` join its lines to `cell` and `encoders` of `rows.csv`. */
const derivedColumns = [
  "experiment",
  "figure",
  "what",
  "value",
  "low",
  "high",
  "cells",
  "step",
] as const;

/** Derived numbers as comma-separated values under {@linkcode derivedColumns}. */
export function derivedCsv(
  numbers: readonly (DerivedNumber & { readonly experiment: string })[],
): string {
  const lines = numbers.map(({ low = null, high = null, cells = [], step = null, ...one }) => ({
    ...one,
    low,
    high,
    cells: cells.length === 0 ? null : cellIds(cells),
    step: step === null ? null : shortKey(step),
  }));
  return toCSV(from(lines), { columns: [...derivedColumns] });
}

/** The columns of `claims.csv`, in order. */
export const claimColumns = [
  "experiment",
  "claim",
  "contrast",
  "number",
  "statement",
  "means",
  "direction",
  "threshold",
  "paper",
  "paper_source",
  "value",
  "low",
  "high",
  "seeds",
  "p_corrected",
  "verdict",
  "reason",
  "cells",
] as const;

/** A claim or one of its contrasts and what was found, under {@linkcode claimColumns}; what there is none of is left out. */
export type ClaimLine = { readonly [N in (typeof claimColumns)[number]]?: string | number | null };

/** A claim's judgement, and what of its experiment belongs to its lines. */
export interface JudgedClaim {
  readonly experiment: Pick<Experiment, "id" | "paperSource">;
  readonly judgement: Judgement;
  /** All of its experiment. */
  readonly cells: readonly Pick<Cell, "subject">[];
}

/** A line for each claim, and below it one for each of its contrasts. */
export function claimLines(judged: readonly JudgedClaim[]): readonly ClaimLine[] {
  return judged.flatMap(({ experiment, judgement, cells }) => {
    const { claim, verdict, reason, effect, seeds, p, contrasts } = judgement;
    const cellsOf = (some: readonly Contrast[]) =>
      cellIds(some.flatMap((one) => cellsOfContrast(one, cells))) || null;
    const shared = { experiment: experiment.id, claim: claim.id, number: claim.number ?? null };
    const whole: ClaimLine = {
      ...shared,
      contrast: null,
      statement: claim.statement,
      means: claim.means,
      paper: paperEffect(claim),
      paper_source: paperEffect(claim) === null ? null : experiment.paperSource ?? null,
      value: effect?.value ?? null,
      low: effect?.interval.low ?? null,
      high: effect?.interval.high ?? null,
      seeds: seeds === 0 ? null : seeds,
      p_corrected: p ?? null,
      verdict,
      reason: reason ?? null,
      cells: cellsOf(claim.contrasts),
    };
    const parts = contrasts.map((one): ClaimLine => {
      const { contrast } = one;
      const tested = isTested<TestedContrast & { readonly verdict: string | null }>(one)
        ? one
        : null;
      return {
        ...shared,
        contrast: contrast.id,
        statement: contrast.statement,
        means: null,
        direction: contrast.direction,
        threshold: contrast.threshold,
        paper: contrast.paper,
        paper_source: contrast.paper === null ? null : experiment.paperSource ?? null,
        value: tested?.value ?? null,
        low: tested?.interval.low ?? null,
        high: tested?.interval.high ?? null,
        seeds: tested?.seeds ?? null,
        verdict: one.verdict,
        reason: "reason" in one ? one.reason : null,
        cells: cellsOf([contrast]),
      };
    });
    return [whole, ...parts];
  });
}

/** The claims as comma-separated values; what is not known stays empty. */
export function claimsCsv(lines: readonly ClaimLine[]): string {
  return toCSV(from(lines.map((line) => ({ ...emptyLine, ...line }))), {
    columns: [...claimColumns],
  });
}

const emptyLine = Object.fromEntries(claimColumns.map((name) => [name, null]));
