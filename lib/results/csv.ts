import { from, toCSV } from "arquero";
import type { Experiment } from "@/dsl/mod.ts";
import { isMeasured, type Judgement, type MeasuredClaim } from "@/lib/results/claim.ts";
import { type Row, rowColumns } from "@/lib/results/rows.ts";

/** The rows as comma-separated values under {@linkcode rowColumns}. */
export function rowsCsv(rows: readonly Row[]): string {
  return toCSV(from([...rows]), { columns: [...rowColumns] });
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
}

/** The columns of `figures.csv`, in order. */
export const derivedColumns = ["experiment", "figure", "what", "value", "low", "high"] as const;

/** Derived numbers as comma-separated values under {@linkcode derivedColumns}. */
export function derivedCsv(
  numbers: readonly (DerivedNumber & { readonly experiment: string })[],
): string {
  const lines = numbers.map((one) => ({ ...one, low: one.low ?? null, high: one.high ?? null }));
  return toCSV(from(lines), { columns: [...derivedColumns] });
}

/** The columns of `claims.csv`, in order. */
export const claimColumns = [
  "experiment",
  "claim",
  "number",
  "statement",
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
] as const;

/** A claim and what was found, under {@linkcode claimColumns}; what is not measured is left out. */
export type ClaimLine = { readonly [N in (typeof claimColumns)[number]]?: string | number | null };

/** A claim's judgement, and what of its experiment belongs to its line. */
export interface JudgedClaim {
  readonly experiment: Pick<Experiment, "id" | "paperSource">;
  readonly judgement: Judgement;
}

/** One line a claim. */
export function claimLines(
  judged: readonly JudgedClaim[],
): readonly ClaimLine[] {
  return judged.map(({ experiment, judgement }) => {
    const { claim, verdict } = judgement;
    const measured = isMeasured<MeasuredClaim>(judgement) ? judgement : null;
    return {
      experiment: experiment.id,
      claim: claim.id,
      number: claim.number ?? null,
      statement: claim.statement,
      direction: claim.direction,
      threshold: claim.threshold,
      paper: claim.paper,
      paper_source: claim.paper === null ? null : experiment.paperSource ?? null,
      value: measured?.value ?? null,
      low: measured?.interval.low ?? null,
      high: measured?.interval.high ?? null,
      seeds: measured?.seeds ?? null,
      p_corrected: measured?.p ?? null,
      verdict,
    };
  });
}

/** The claims as comma-separated values; what is not measured stays empty. */
export function claimsCsv(lines: readonly ClaimLine[]): string {
  return toCSV(from([...lines]), { columns: [...claimColumns] });
}
