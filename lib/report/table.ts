import { type Content, type Html, markup } from "@/lib/report/html.ts";

/** A header cell of a column. */
export interface Column {
  readonly title: Content;
  /** Its cells are numbers, which stand at the right. */
  readonly number?: boolean;
}

/** A cell that is marked: what it shows, and classes that say how. */
export interface TableCell {
  readonly content: Content;
  readonly classes: string;
}

/** A row: its header and its cells. */
export interface TableRow {
  readonly header: Content;
  readonly cells: readonly (Content | TableCell)[];
  readonly id?: string;
  readonly classes?: string;
}

/** A table and what is said of it. */
export interface TableParts {
  readonly label: string;
  /** The header of the column of row headers comes first. */
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly caption?: Content;
  readonly classes?: string;
  /** Where the page is narrow, the cells of a row stand below its header, each under the title of its column. */
  readonly stacked?: boolean;
}

/** A table in a box of its own, which scrolls where the page is too narrow. */
export function table(
  { label, columns, rows, caption, classes = "", stacked = false }: TableParts,
): Html {
  const all = [classes, stacked && "stacked"].filter(Boolean).join(" ");
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
<table${attribute("class", all)}>
${caption === undefined ? null : markup`<caption><span>${caption}</span></caption>`}
<thead><tr>${columns.map(columnHeader)}</tr></thead>
<tbody>
${rows.map((row) => tableRow(row, { columns, stacked }))}</tbody>
</table>
</div>
`;
}

function columnHeader({ title, number }: Column): Html {
  return markup`<th scope="col"${attribute("class", number && "number")}>${title}</th>`;
}

function tableRow(
  { header, cells, id, classes }: TableRow,
  { columns: [, ...columns], stacked }: {
    readonly columns: readonly Column[];
    readonly stacked: boolean;
  },
): Html {
  const shown = cells.map((cell, i) => {
    const { content, classes = "" } = isMarked(cell) ? cell : { content: cell };
    const all = [columns[i]?.number ? "number" : "", classes].filter(Boolean).join(" ");
    const title = columns[i]?.title;
    return markup`<td${attribute("class", all)}${
      attribute("data-title", stacked && typeof title === "string" && title)
    }>${content}</td>`;
  });
  return markup`<tr${attribute("id", id)}${
    attribute("class", classes)
  }><th scope="row">${header}</th>${shown}</tr>
`;
}

function isMarked(cell: Content | TableCell): cell is TableCell {
  return typeof cell === "object" && cell !== null && "content" in cell;
}

function attribute(name: string, value: string | false | undefined): Html | false {
  return !!value && markup` ${name}="${value}"`;
}
