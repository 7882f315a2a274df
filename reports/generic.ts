import {
  accuracyLine,
  type AccuracyRow,
  accuracyRows,
  conditionTable,
  figure,
} from "@/lib/report/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";

// More conditions than these open on demand.
const few = 10;

/** An experiment that has no report of its own: every condition by every level. */
export function genericReport(id: string): ExperimentReport {
  return {
    id,
    figures: (results) => {
      const rows = accuracyRows(results);
      return [figure<AccuracyRow>({
        id: `${id}-conditions`,
        title: "Accuracy by condition",
        rows,
        line: accuracyLine,
        tables: conditionTable,
        folded: foldedUnder(new Set(rows.map(({ subject }) => subject.condition)).size),
      })];
    },
  };
}

function foldedUnder(conditions: number): string | undefined {
  return conditions <= few ? undefined : `${conditions} conditions`;
}
