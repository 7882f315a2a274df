import { type Content, type Html, markup } from "@/lib/report/html.ts";

/** A header cell of a column. */
export interface Column {
  readonly title: Content;
  /** Numbers stand at the right. */
  readonly number?: boolean;
}

/** A cell: what it shows, and classes that say how. */
export interface TableCell {
  readonly content: Content;
  readonly classes?: string;
}

/** A row: its header and its cells. */
export interface TableRow {
  readonly header: Content;
  readonly cells: readonly TableCell[];
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
}

/** A table in a box of its own, which scrolls where the page is too narrow. */
export function table({ label, columns, rows, caption, classes = "" }: TableParts): Html {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
<table${attribute("class", classes)}>
${caption === undefined ? null : markup`<caption><span>${caption}</span></caption>`}
<thead><tr>${columns.map(columnHeader)}</tr></thead>
<tbody>
${rows.map(tableRow)}</tbody>
</table>
</div>
`;
}

function columnHeader({ title, number }: Column): Html {
  return markup`<th scope="col"${attribute("class", number ? "number" : "")}>${title}</th>`;
}

function tableRow({ header, cells, id = "", classes = "" }: TableRow): Html {
  const attributes = [attribute("id", id), attribute("class", classes)];
  return markup`<tr${attributes}><th scope="row">${header}</th>${cells.map(tableCell)}</tr>
`;
}

function tableCell({ content, classes = "" }: TableCell): Html {
  return markup`<td${attribute("class", classes)}>${content}</td>`;
}

function attribute(name: string, value: string): Html | null {
  return value === "" ? null : markup` ${name}="${value}"`;
}
