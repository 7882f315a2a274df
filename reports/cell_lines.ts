import type { CsvLine } from "@/lib/report/mod.ts";
import { type EstimatedCell, type ExperimentResults, paperValueFor } from "@/lib/results/mod.ts";

/** The accuracies of a figure, ours and the paper's, 0 to 1. */
export function cellLines(
  { experiment }: Pick<ExperimentResults, "experiment">,
  cells: readonly EstimatedCell[],
): readonly CsvLine[] {
  return cells.map(({ subject, rows, estimate: { value, interval, seeds } }) => ({
    condition: subject.condition,
    level: subject.level,
    labels: rows[0]!.labels,
    seeds,
    top1: value,
    low: interval.low,
    high: interval.high,
    paper: paperValueFor(experiment.paper, subject)?.value ?? null,
  }));
}
