import { accuracyRows } from "@/lib/report/mod.ts";
import { defaultFigures, isOfConditions } from "@/lib/results/mod.ts";
import { conditionsFigure } from "@/reports/conditions.ts";
import { declaredFigures } from "@/reports/declared_figure.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";

/** An experiment that has no report of its own: the figures that it declares, or else some by what varies, and every condition. */
export function genericReport(id: string): ExperimentReport {
  return {
    id,
    figures: (results) => {
      const { figures } = results.experiment, rows = accuracyRows(results);
      const shown = figures.length > 0
        ? figures
        : defaultFigures(rows.map(({ subject }) => subject));
      const isTold = shown.some((one) =>
        isOfConditions(one) && Object.keys(one.where).length === 0
      );
      return [
        ...declaredFigures(shown, results),
        ...isTold ? [] : [
          conditionsFigure(rows, { id: `${id}-conditions`, title: "Accuracy by condition" }),
        ],
      ];
    },
  };
}
