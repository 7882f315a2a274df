import { parse } from "csv-parse/sync";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** A line of a table that is not empty. */
export interface TextRow {
  /** The file and the line. */
  readonly at: string;
  /** Without spaces at their ends, in Unicode form NFC. */
  readonly cells: readonly string[];
}

/**
 * The rows of a table in text, of which each may have another number of cells. Cells may stand in double quotes, as spreadsheets
 * write them.
 *
 * @param options `place`: how the file is called; `delimiter`: what stands between two cells.
 * @throws {InputError} If a quote is not closed.
 */
export function cellsOf(
  text: string,
  { place, delimiter }: { readonly place: string; readonly delimiter: string },
): TextRow[] {
  try {
    const rows: TextRow[] = [];
    parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: false,
      on_record(record: readonly string[], { lines }) {
        const cells = record.map((cell) => cell.trim().normalize("NFC"));
        if (cells.some((cell) => cell !== "")) rows.push({ at: `${place}:${lines}`, cells });
      },
    });
    return rows;
  } catch (error) {
    throw new InputError(
      place,
      `the cells cannot be told apart: ${messageOf(error)}`,
      'Close each quote, or leave the quotes out; a " inside quotes is written twice',
    );
  }
}
