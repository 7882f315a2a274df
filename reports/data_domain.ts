import { dataDomain } from "@/experiments/data_domain.ts";
import {
  accuracyCell,
  type Column,
  count,
  exhibit,
  type Html,
  markup,
  percent,
  table,
} from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";
import { domainHeatMaps } from "@/reports/domain_heat_maps.ts";
import { type DomainTable, domainTable } from "@/reports/domain_table.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { paperName } from "@/reports/names.ts";

/** Table 1: pretraining domain by evaluation domain, as a table and as two heat maps. */
export const dataDomainReport: ExperimentReport = {
  id: dataDomain.id,
  figures: async (results) => {
    const shaped = domainTable(results);
    const { id, reference } = results.experiment;
    return exhibit({
      id: `${id}-table-1`,
      title: `${reference}, ours and the paper’s`,
      data: cellLines(results, results.cells),
      content: markup`${await domainHeatMaps(id, shaped)}
<details><summary>All numbers as a table, with their intervals</summary>${
        tableOne(results, shaped)
      }</details>`,
    });
  },
};

// What the signs in the table mean.
const key = markup`<ul class="key">
<li>top-1 accuracy in percent</li>
<li>small: 95 % interval</li>
<li><span class="paper">blue: the paper’s value</span></li>
<li><span class="own">shaded: in-domain</span></li>
<li><span class="star">★</span> best contrastive pretraining of the column</li>
</ul>
`;

const caption =
  "Columns are the domains on which a linear classifier is trained on frozen features and tested, in the paper’s order. " +
  "Compare within a column only, because the tasks differ in difficulty. The supervised network is trained with all " +
  "labels of the column’s own task; like all others it is judged by a linear probe on its features.";

function tableOne({ experiment }: ExperimentResults, { columns, rows }: DomainTable): Html {
  const made = table({
    label: `${experiment.reference}: pretraining domain by evaluation domain`,
    classes: "sticky",
    columns: [{ title: "Pretrained on" }, ...columns.map(taskColumn)],
    rows: rows.map(({ title, note, cells, contrastive }, i) => ({
      header: markup`${title}<small>${note}</small>`,
      // A line between what the paper compares and what it compares with.
      classes: i > 0 && !contrastive && rows[i - 1]!.contrastive ? "apart" : "",
      cells: cells.map(accuracyCell),
    })),
    caption,
  });
  return markup`${key}${made}`;
}

function taskColumn({ role, classes }: DomainTable["columns"][number]): Column {
  const facts = [paperName(role) ?? "not in the paper"];
  if (classes !== undefined) {
    facts.push(`${count(classes)} classes`, `chance ${percent(1 / classes)}`);
  }
  return { title: [role, ...facts.map((fact) => markup`<small>${fact}</small>`)], number: true };
}
