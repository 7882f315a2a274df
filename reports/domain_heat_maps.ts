import {
  type HeatCell,
  heatMap,
  lowestShare,
  markup,
  oursAndPapers,
  type Panel,
  relativeToBest,
} from "@/lib/report/mod.ts";
import type { DomainRow } from "@/reports/domain_rows.ts";

/** The contrastive lines of the table as heat maps, ours beside the paper's, in one layout and one scale of colours. */
export function domainHeatMaps(
  rows: readonly DomainRow[],
  { id, columns }: { readonly id: string; readonly columns: readonly string[] },
): readonly Panel[] {
  const shown = rows.filter(({ contrastive }) => contrastive);
  const ours = squares(shown, ({ cell }) => cell?.estimate.value);
  const papers = squares(shown, ({ paper }) => paper);
  const parts = [ours, papers].flatMap((cells) =>
    relativeToBest(cells).map(({ ofBest }) => ofBest)
  );
  const layout = {
    rows: [...new Set(shown.map(({ title }) => title))],
    columns,
    lowest: lowestShare(parts),
    rowTitle: "pretrained on",
    columnTitle: "evaluated on",
  };
  return oursAndPapers({
    id: `${id}-heat`,
    ours,
    papers,
    panel: (cells, who) => ({
      label:
        `${who}: heat map of top-1 accuracy, pretraining domain by evaluation domain; the numbers are in the table below`,
      caption: markup`<strong>${who}.</strong> ${captions[who]}`,
      spec: heatMap(cells, layout),
    }),
  });
}

const captions = {
  "Ours":
    "Top-1 accuracy in percent. Colour: accuracy relative to the best in its column, since tasks differ in difficulty; " +
    "compare colours down a column, not along a row. Framed: in-domain.",
  "The paper’s": "Same layout and colours; columns are the data sets that the roles stand for.",
};

function squares(
  rows: readonly DomainRow[],
  valueOf: (row: DomainRow) => number | undefined,
): readonly HeatCell[] {
  return rows.flatMap((row): readonly HeatCell[] => {
    const value = valueOf(row);
    return value === undefined
      ? []
      : [{ row: row.title, column: row.subject.on, value, framed: row.inDomain }];
  });
}
