import {
  type HeatCell,
  heatMap,
  type HeatMapLayout,
  type Html,
  markup,
  relativeToBest,
} from "@/lib/report/mod.ts";
import type { DomainCell, DomainTable } from "@/reports/domain_table.ts";

/** One of the two maps. */
interface HeatFigure {
  readonly who: string;
  readonly cells: readonly HeatCell[];
  readonly caption: string;
}

/** The contrastive rows of the table as heat maps, ours beside the paper's, in one layout and one scale of colours. */
export async function domainHeatMaps(id: string, shaped: DomainTable): Promise<Html> {
  const maps = [
    {
      who: "Ours",
      cells: squares(shaped, (cell) => cell.ours?.value),
      caption:
        "Top-1 in percent. Colour is the accuracy over the best of its column, since tasks differ in difficulty: " +
        "compare colours down a column, not along a row. Framed: in-domain.",
    },
    {
      who: "The paper’s",
      cells: squares(shaped, (cell) => cell.paper),
      caption: "Same layout, same colours: columns are the data sets that the roles stand for.",
    },
  ].filter(({ cells }) => cells.length > 0);
  const layout = layoutOf(shaped, maps);
  const figures = await Promise.all(
    maps.map((map, i) => figure(map, { id: `${id}-heat-${i}`, layout })),
  );
  return markup`<div class="pair">${figures}</div>
`;
}

function squares(
  { columns, rows }: DomainTable,
  valueOf: (cell: DomainCell) => number | undefined,
): readonly HeatCell[] {
  return rows.filter((row) => row.contrastive).flatMap((row) =>
    row.cells.flatMap((cell, i) => {
      const value = valueOf(cell);
      const column = columns[i]!.role;
      return value === undefined ? [] : [{ row: row.title, column, value, framed: cell.inDomain }];
    })
  );
}

function layoutOf({ columns, rows }: DomainTable, maps: readonly HeatFigure[]): HeatMapLayout {
  const shares = maps.flatMap(({ cells }) => relativeToBest(cells).map(({ share }) => share));
  return {
    rows: rows.filter((row) => row.contrastive).map(({ title }) => title),
    columns: columns.map(({ role }) => role),
    // The next lower twentieth, so that the scale begins at a round share.
    lowest: Math.min(0.95, Math.floor(20 * Math.min(...shares)) / 20),
    rowTitle: "pretrained on",
    columnTitle: "evaluated on",
  };
}

async function figure(
  { who, cells, caption }: HeatFigure,
  { id, layout }: { readonly id: string; readonly layout: HeatMapLayout },
): Promise<Html> {
  const label =
    `${who}: heat map of top-1 accuracy, pretraining domain by evaluation domain; the numbers are in the table below`;
  const drawn = await heatMap(cells, { layout, name: { id, label } });
  return markup`<figure>${drawn}<figcaption><strong>${who}.</strong> ${caption}</figcaption></figure>
`;
}
