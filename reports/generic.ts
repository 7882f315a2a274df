import { accuracyCell, exhibit, type Html, markup, table } from "@/lib/report/mod.ts";
import { type ExperimentResults, paperValueFor, type Subject } from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";

/** An experiment that has no report of its own: every condition by every level. */
export function genericReport(id: string): ExperimentReport {
  return {
    id,
    figures: (results) =>
      Promise.resolve(exhibit({
        id: `${id}-conditions`,
        title: "Accuracy by condition",
        data: cellLines(results, results.cells),
        content: folded(results),
      })),
  };
}

// More conditions than these open on demand.
const few = 10;

function folded(results: ExperimentResults): Html {
  const conditions = new Set(
    [...results.cells.map(({ subject }) => subject), ...results.absent]
      .map(({ condition }) => condition),
  );
  const whole = conditionTable(results);
  return conditions.size <= few
    ? whole
    : markup`<details><summary>${conditions.size} conditions</summary>${whole}</details>`;
}

/** Every condition by every level. */
export function conditionTable({ experiment, cells, absent }: ExperimentResults): Html {
  const subjects = [...cells.map((cell) => cell.subject), ...absent];
  const levels = [...new Set(subjects.map((subject) => subject.level))];
  const accuracy = (subject: Subject | undefined) => {
    const cell = cells.find((one) => one.subject === subject);
    return accuracyCell({
      ours: cell && { ...cell.estimate, cell },
      paper: subject && paperValueFor(experiment.paper, subject)?.value,
    });
  };
  return table({
    label: "Conditions by level",
    columns: [{ title: "Condition" }, ...levels.map((title) => ({ title, number: true }))],
    rows: [...Map.groupBy(subjects, (subject) => subject.condition)].map(([header, some]) => ({
      header,
      cells: levels.map((level) => accuracy(some.find((subject) => subject.level === level))),
    })),
    caption: "Top-1 accuracy in percent, mean over seeds, with 95 % intervals.",
  });
}
