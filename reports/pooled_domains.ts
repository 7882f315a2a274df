import { pooledDomains } from "@/experiments/pooled_domains.ts";
import { accuracyCell, exhibit, markup, plural, table } from "@/lib/report/mod.ts";
import {
  type EstimatedCell,
  type ExperimentResults,
  paperValueFor,
  type Subject,
} from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { paperName } from "@/reports/names.ts";

/** Table 2: pools of domains, beside the task's own domain at three sizes. */
export const pooledDomainsReport: ExperimentReport = {
  id: pooledDomains.id,
  figures: (results) =>
    Promise.resolve(exhibit({
      id: `${pooledDomains.id}-table-2`,
      title: `${results.experiment.reference}, ours and the paper’s`,
      data: cellLines(results, results.cells),
      content: tableTwo(results),
    })),
};

function tableTwo({ experiment, cells }: ExperimentResults) {
  const columns = [...new Set(cells.map(({ subject }) => subject.on))];
  const best = new Map(columns.map((on) => [
    on,
    Math.max(...cells.filter(({ subject }) => subject.on === on).map((one) => one.estimate.value)),
  ]));
  const rows = [...Map.groupBy(cells, ({ subject }) => rowName(subject))];
  return table({
    label: "Pooled pretraining domains",
    classes: "sticky",
    columns: [
      { title: "Pretrained on" },
      ...columns.map((role) => ({
        title: markup`${role}<small>${paperName(role) ?? "not in the paper"}</small>`,
        number: true,
      })),
    ],
    rows: rows.map(([name, some], i) => ({
      header: markup`${name}<small>${imagesOf(some)}</small>`,
      classes: i > 0 && !isPool(some[0]!.subject) && isPool(rows[i - 1]![1][0]!.subject)
        ? "apart"
        : "",
      cells: columns.map((on) => {
        const cell = some.find(({ subject }) => subject.on === on);
        const ours = cell && { ...cell.estimate, cell };
        return accuracyCell({
          ours,
          paper: cell && paperValueFor(experiment.paper, cell.subject)?.value,
          inDomain: cell !== undefined && cell.subject.pretrain.split("+").includes(on),
          best: ours !== undefined && ours.value === best.get(on),
        });
      }),
    })),
    caption:
      "Top-1 accuracy in percent of a linear probe on the column’s domain; small: 95 % interval. Shaded: the pool holds the " +
      "column’s own domain. ★: the best of the column. Compare a pool of two with the domain’s own 500k, and one of four " +
      "with its 1M: as many images.",
  });
}

function isPool({ pretrain }: Subject): boolean {
  return pretrain.includes("+");
}

function rowName(subject: Subject): string {
  const size = subject.sizes[0]!;
  return isPool(subject)
    ? `${subject.pretrain.replaceAll("+", ", ")}: ${size} each`
    : `the task’s own domain: ${size}`;
}

function imagesOf(cells: readonly EstimatedCell[]): string {
  return plural(cells[0]!.rows[0]!.pretrain_images, "image");
}
