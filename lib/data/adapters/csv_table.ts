import { extname } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { isImage } from "@/lib/data/files/source_file.ts";
import { cellsOf, type TextRow } from "@/lib/data/files/text_cells.ts";
import { readText } from "@/lib/base/text_lines.ts";

/** Which columns of a table count, as `data.yaml` names them. */
export interface CsvColumns {
  /** The column of the paths; the first by default, but for one without a name that numbers the rows. */
  readonly image?: string | undefined;
  /** The columns of the classes, fine to coarse; all others by default. */
  readonly labels?: readonly string[] | undefined;
  /** The column that says the split; the one named `split` by default, if there is one. */
  readonly split?: string | undefined;
}

/** A line of a table that names an image. */
export interface CsvRow {
  /** The file and the line. */
  readonly at: string;
  readonly image: string;
  /** Of each level one, which may be empty. */
  readonly classes: readonly string[];
  /** `null` where there is no such column. */
  readonly split: string | null;
}

/** A table of images. */
export interface CsvTable {
  /** The names of the columns of the classes, fine to coarse. */
  readonly levels: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a table of paths and classes: UTF-8, its cells apart by tabs, commas or semicolons, whichever its first line has most of.
 * The first line is a header, unless its first cell is the name of an image: its columns are then the path and the classes.
 *
 * @throws {InputError} If it is empty, a column is not there, or a line has other cells than the first.
 */
export async function readCsv(path: string, named: CsvColumns): Promise<CsvTable> {
  const text = await readText(path);
  const [first, ...others] = cellsOf(text, { place: path, delimiter: delimiterOf(path, text) });
  if (first === undefined) {
    throw new InputError(path, "it is empty", "Write a header, and a line for each image");
  }
  const isBare = isImage(first.cells[0]!);
  const header = isBare ? bareHeader(first.cells.length, named, path) : first.cells;
  const at = (name: string) => columnOf(name, header, path);
  const image = named.image === undefined ? pathColumn(header, others) : at(named.image);
  const split = named.split === undefined
    ? header.findIndex((name, i) => i !== image && name.toLowerCase() === "split")
    : at(named.split);
  const labels = named.labels?.map(at) ??
    [...header.keys()].filter((i) => i !== image && i !== split && header[i] !== "");
  const rows = (isBare ? [first, ...others] : others).map(({ at, cells }): CsvRow => {
    if (cells.length !== header.length) {
      throw new InputError(
        at,
        `this line has ${cells.length} cells, but the first has ${header.length}`,
        'Write as many in each line; a cell with the sign between two cells stands in "quotes"',
      );
    }
    if (cells[image] === "") {
      throw new InputError(at, `the cell "${header[image]}" is empty`, "Name a file");
    }
    return {
      at,
      image: cells[image]!,
      classes: labels.map((i) => cells[i]!),
      split: split < 0 ? null : cells[split]!,
    };
  });
  return { levels: labels.map((i) => header[i]!), rows };
}

function delimiterOf(path: string, text: string): string {
  if (/^\.(tsv|tab)$/i.test(extname(path))) return "\t";
  const line = text.match(/^\s*([^\r\n]*)/)![1]!.replace(/"[^"]*"/g, "");
  const count = (sign: string) => line.split(sign).length;
  return [",", "\t", ";"].reduce((best, sign) => count(sign) > count(best) ? sign : best);
}

/** The first column, or the second where that numbers the rows, as Python's pandas does, and has no name. */
function pathColumn([name]: readonly string[], [row]: readonly TextRow[]): number {
  return name === "" && row !== undefined && !isImage(row.cells[0]!) ? 1 : 0;
}

/** The names of the columns where no line says them. */
function bareHeader(
  columns: number,
  { image, labels, split }: CsvColumns,
  path: string,
): readonly string[] {
  const named = labels ?? (columns === 2 ? ["class"] : []);
  if (image === undefined && split === undefined && named.length === columns - 1) {
    return ["path", ...named];
  }
  throw new InputError(
    path,
    `its first line is no header, but names an image, and it has ${columns} columns`,
    `Begin with a line that names the columns, or name the ${
      columns - 1
    } after the path with labels`,
  );
}

function columnOf(name: string, header: readonly string[], path: string): number {
  const wanted = name.trim().normalize("NFC");
  const at = header.indexOf(wanted);
  if (at >= 0) return at;
  throw new InputError(
    path,
    `there is no column "${name}"`,
    `${didYouMean(name, header)}The columns are ${header.join(", ")}`,
  );
}
