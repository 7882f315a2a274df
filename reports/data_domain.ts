import { dataDomain } from "@/experiments/data_domain.ts";
import {
  accuracyCell,
  accuracyLine,
  count,
  figure,
  fold,
  type Html,
  markup,
  percent,
  pivotTable,
} from "@/lib/report/mod.ts";
import { domainHeatMaps } from "@/reports/domain_heat_maps.ts";
import { columnOrder, type DomainRow, domainRows, noteOf } from "@/reports/domain_rows.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { paperName } from "@/reports/names.ts";

/** Table 1: pretraining domain by evaluation domain, as a table and as two heat maps. */
export const dataDomainReport: ExperimentReport = {
  id: dataDomain.id,
  figures: (results) => {
    const { id, reference } = dataDomain;
    const columns = columnOrder(results);
    return [figure<DomainRow>({
      id: `${id}-table-1`,
      title: `${reference}, ours and the paper’s`,
      rows: domainRows(results),
      line: accuracyLine,
      encoding: (rows) => ({ groups: [domainHeatMaps(rows, { id, columns })] }),
      tables: (rows) =>
        fold(
          "All numbers, with intervals",
          markup`${key}${tableOne(rows, columns)}`,
        ),
    })];
  },
};

// What the signs in the table mean.
const key = markup`<ul class="key">
<li>top-1 accuracy in percent</li>
<li>small: 95 % interval</li>
<li><span class="paper">blue: the paper’s value</span></li>
<li><span class="own">shaded: in-domain</span></li>
<li><span class="star">★</span> best contrastive pretraining in the column</li>
</ul>
`;

function tableOne(rows: readonly DomainRow[], columns: readonly string[]): Html {
  return pivotTable(rows, {
    label: `${dataDomain.reference}: pretraining domain by evaluation domain`,
    classes: "sticky",
    corner: "Pretrained on",
    lineOf: ({ title, subject }) => `${subject.method} ${title}`,
    header: (_, own) => markup`${own[0]!.title}<small>${noteOf(own)}</small>`,
    columnOf: ({ subject }) => subject.on,
    columns,
    title: columnTitle,
    // A line between what the paper compares and what it compares with.
    apart: ([row], [above]) => !row!.contrastive && above!.contrastive,
    cell: (row) => accuracyCell(row, row),
    caption:
      "Columns are the domains on which a linear classifier is trained on frozen features and tested, in the paper’s order. " +
      "Compare within a column only, because the tasks differ in difficulty. The supervised network is trained on all labels " +
      "of the column’s own task; like the others, it is judged by a linear probe on its features.",
  });
}

function columnTitle(role: string, rows: readonly DomainRow[]): Html {
  const facts = [paperName(role) ?? "not in the paper"];
  const classes = rows.find(({ cell }) => cell !== undefined)?.cell?.rows[0]?.classes;
  if (classes !== undefined) {
    facts.push(`${count(classes)} classes`, `chance ${percent(1 / classes)}`);
  }
  return markup`${role}${facts.map((fact) => markup`<small>${fact}</small>`)}`;
}
