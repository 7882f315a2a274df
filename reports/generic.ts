import {
  accuracyLine,
  type AccuracyRow,
  accuracyRows,
  conditionTable,
  figure,
} from "@/lib/report/mod.ts";
import { varyingFactors } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";

// More conditions than these open on demand.
const few = 10;

/** An experiment that has no report of its own: every condition, with what sets it apart, by every level. */
export function genericReport(id: string): ExperimentReport {
  return {
    id,
    figures: (results) => {
      const rows = accuracyRows(results);
      const factors = varyingFactors(rows.map(({ subject }) => subject));
      return [figure<AccuracyRow>({
        id: `${id}-conditions`,
        title: "Accuracy by condition",
        rows,
        line: (row) => {
          const values = factors.map(({ name, valueOf }) => [name, valueOf(row.subject)] as const);
          return accuracyLine(row).map((line) => ({ ...Object.fromEntries(values), ...line }));
        },
        tables: (rows) => conditionTable(rows, factors),
        folded: foldedUnder(new Set(rows.map(({ subject }) => subject.condition)).size),
      })];
    },
  };
}

function foldedUnder(conditions: number): string | undefined {
  return conditions <= few ? undefined : `${conditions} conditions`;
}
