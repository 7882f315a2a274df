import {
  accuracyLine,
  type AccuracyRow,
  conditionTable,
  type Figure,
  figure,
} from "@/lib/report/mod.ts";
import { varyingFactors } from "@/lib/results/mod.ts";

// More conditions than these open on demand.
const few = 10;

/** Every condition, with what sets it apart, by every level. */
export function conditionsFigure(
  rows: readonly AccuracyRow[],
  { id, title }: { readonly id: string; readonly title: string },
): Figure {
  const factors = varyingFactors(rows.map(({ subject }) => subject));
  const conditions = new Set(rows.map(({ subject }) => subject.condition)).size;
  return figure<AccuracyRow>({
    id,
    title,
    rows,
    line: (row) => {
      const values = factors.map(({ name, valueOf }) => [name, valueOf(row.subject)] as const);
      return accuracyLine(row).map((line) => ({ ...Object.fromEntries(values), ...line }));
    },
    tables: (rows) => conditionTable(rows, factors),
    folded: conditions <= few ? undefined : `${conditions} conditions`,
  });
}
