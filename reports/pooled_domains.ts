import { pooledDomains } from "@/experiments/pooled_domains.ts";
import {
  accuracyCell,
  accuracyLine,
  figure,
  type Html,
  markup,
  type MeasuredRow,
  measuredRows,
  pivotTable,
  plural,
} from "@/lib/report/mod.ts";
import type { Subject } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { paperName } from "@/reports/names.ts";

/** Table 2: pools of domains, beside the task's own domain at three sizes. */
export const pooledDomainsReport: ExperimentReport = {
  id: pooledDomains.id,
  figures: (results) => [figure<MeasuredRow>({
    id: `${pooledDomains.id}-table-2`,
    title: `${pooledDomains.reference}, ours and the paper’s`,
    rows: measuredRows(results),
    line: accuracyLine,
    tables: tableTwo,
  })],
};

function tableTwo(rows: readonly MeasuredRow[]): Html {
  const bestOn = (on: string) =>
    Math.max(
      ...rows.filter(({ subject }) => subject.on === on).map(({ cell }) => cell.estimate.value),
    );
  return pivotTable(rows, {
    label: "Pooled pretraining domains",
    classes: "sticky",
    corner: "Pretrained on",
    lineOf: ({ subject }) => lineOf(subject),
    header: (name, [row]) =>
      markup`${name}<small>${plural(row!.cell.rows[0]!.pretrain_images, "image")}</small>`,
    columnOf: ({ subject }) => subject.on,
    title: (role) => markup`${role}<small>${paperName(role) ?? "not in the paper"}</small>`,
    apart: ([row], [above]) => !isPool(row!.subject) && isPool(above!.subject),
    cell: (row) =>
      accuracyCell(
        row,
        row && {
          inDomain: row.subject.roles.includes(row.subject.on),
          best: row.cell.estimate.value === bestOn(row.subject.on),
        },
      ),
    caption:
      "Top-1 accuracy in percent of a linear probe on the column’s domain; small: 95 % interval. Shaded: the pool includes " +
      "the column’s own domain. ★: best in the column. Compare a pool of two with 500k of the domain’s own, and a pool of " +
      "four with 1M: the numbers of images are equal.",
  });
}

function isPool({ roles }: Subject): boolean {
  return roles.length > 1;
}

function lineOf(subject: Subject): string {
  const { roles, sizes } = subject;
  return isPool(subject)
    ? `${roles.join(", ")}: ${sizes[0]!} each`
    : `the task’s own domain: ${sizes[0]!}`;
}
