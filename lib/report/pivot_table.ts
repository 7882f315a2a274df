import type { Content, Html } from "@/lib/report/html.ts";
import { table, type TableCell, type TableParts } from "@/lib/report/table.ts";

/** How tidy rows become a table: a line and a column for each name, in the order in which names first occur. */
export interface Pivot<R> extends Pick<TableParts, "label" | "classes" | "caption" | "stacked"> {
  /** The header of the column of headers. */
  readonly corner: string;
  readonly lineOf: (row: R) => string;
  readonly columnOf: (row: R) => string;
  /** The names of columns in another order. */
  readonly columns?: readonly string[];
  /** What stands for a line's name, which it is unless given. */
  readonly header?: (name: string, rows: readonly R[]) => Content;
  readonly title?: (name: string, rows: readonly R[]) => Content;
  /** Columns of their own before the others, of what all rows of a line have in common. */
  readonly before?: readonly BeforeColumn<R>[];
  /** What is shown of a row, or of there being none, beside the others of its line. */
  readonly cell: (row: R | undefined, place: Place<R>) => Content | TableCell;
  /** Whether something sets a line apart from the one before it. */
  readonly apart?: (rows: readonly R[], before: readonly R[]) => boolean;
}

/** A column of what all rows of a line have in common. */
export interface BeforeColumn<R> {
  readonly title: string;
  /** Its cells are numbers, unless told otherwise. */
  readonly number?: boolean;
  readonly content: (row: R) => Content;
}

/** Where a cell stands. */
export interface Place<R> {
  readonly line: string;
  readonly column: string;
  /** All rows of its line. */
  readonly rows: readonly R[];
}

/** Tidy rows as a table. */
export function pivotTable<R>(rows: readonly R[], pivot: Pivot<R>): Html {
  const { corner, lineOf, columnOf, columns, header, title, before = [], cell, apart, ...told } =
    pivot;
  const byColumn = Map.groupBy(rows, columnOf), lines = [...Map.groupBy(rows, lineOf)];
  const names = columns ?? [...byColumn.keys()];
  return table({
    ...told,
    columns: [
      { title: corner },
      ...before.map(({ title, number = true }) => ({ title, number })),
      ...names.map((name) => ({
        title: title?.(name, byColumn.get(name) ?? []) ?? name,
        number: true,
      })),
    ],
    rows: lines.map(([line, own], i) => ({
      header: header?.(line, own) ?? line,
      classes: i > 0 && apart?.(own, lines[i - 1]![1]) ? "apart" : "",
      cells: [
        ...before.map(({ content }) => content(own[0]!)),
        ...names.map((column) =>
          cell(own.find((row) => columnOf(row) === column), { line, column, rows: own })
        ),
      ],
    })),
  });
}
