import { from, toCSV } from "arquero";
import { isMeasured, type Judgement, type MeasuredClaim } from "@/lib/results/claim.ts";
import { type Row, rowColumns } from "@/lib/results/rows.ts";

/** The rows as comma-separated values under {@linkcode rowColumns}. */
export function rowsCsv(rows: readonly Row[]): string {
  return toCSV(from([...rows]), { columns: [...rowColumns] });
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
  "value",
  "low",
  "high",
  "seeds",
  "p_corrected",
  "verdict",
] as const;

/** One line a claim, under {@linkcode claimColumns}; what is not measured stays empty. */
export function claimsCsv(
  judged: readonly { readonly experiment: string; readonly judgement: Judgement }[],
): string {
  const lines = judged.map(({ experiment, judgement }) => {
    const { claim, verdict } = judgement;
    const measured = isMeasured<MeasuredClaim>(judgement) ? judgement : null;
    return {
      experiment,
      claim: claim.id,
      number: claim.number,
      statement: claim.statement,
      direction: claim.direction,
      threshold: claim.threshold,
      paper: claim.paper,
      value: measured?.value,
      low: measured?.interval.low,
      high: measured?.interval.high,
      seeds: measured?.seeds,
      p_corrected: measured?.p,
      verdict,
    };
  });
  return toCSV(from(lines), { columns: [...claimColumns] });
}
