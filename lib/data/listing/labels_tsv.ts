import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { decodeText } from "@/lib/base/text_lines.ts";
import { cellsOf, type TextRow } from "@/lib/data/files/text_cells.ts";

/** What a `labels.tsv` says: the levels, and for each leaf folder its classes. */
export interface LabelTable {
  /** The header, finest level first. */
  readonly levels: readonly string[];
  /** From a leaf folder's name (in Unicode form NFC) to its classes, finest first. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a `labels.tsv`: UTF-8, tab-separated, a header with the levels from fine to coarse, then a line a leaf whose
 * first cell is the name of its folder. Cells may stand in double quotes, as spreadsheets write them.
 *
 * @param bytes The file.
 * @param place How the file is called, for messages.
 * @throws {InputError} Naming the line that is wrong.
 */
export function readLabels(bytes: Uint8Array, place: string): LabelTable {
  const text = decodeText(bytes, place);
  if (/^[^\S\r\n]*(\r|\n|$)/.test(text)) {
    throw new InputError(place, "the first line is empty", "Begin with the levels, fine to coarse");
  }
  const [header, ...lines] = cellsOf(text, { place, delimiter: "\t" }) as [TextRow, ...TextRow[]];
  const levels = header.cells;
  const other = levels.length === 1 ? levels[0]!.match(/[,;]/)?.[0] : undefined;
  if (other !== undefined) {
    throw new InputError(
      header.at,
      `the line "${levels[0]}" has no tab, but "${other}"`,
      "Put a tab between two cells",
    );
  }
  const unnamed = levels.indexOf("");
  if (unnamed >= 0) {
    throw new InputError(
      header.at,
      `the header's cell ${unnamed + 1} is empty`,
      "Name every level, or remove the tab before it",
    );
  }
  const rows = new Map<string, readonly string[]>();
  for (const { at, cells } of lines) {
    if (cells.length !== levels.length) {
      throw new InputError(
        at,
        `this line has ${plural(cells.length, "cell")}, but the header has ${levels.length}`,
        [cells[0]!, levels[0]!].some((cell) => cell.startsWith("#"))
          ? "Remove comments: the first line is the header, and each line below it a class"
          : `Write one cell for each of ${levels.join(", ")}, with a tab between two`,
      );
    }
    const empty = cells.indexOf("");
    if (empty >= 0) {
      throw new InputError(at, `the cell "${levels[empty]}" is empty`, "Name every class");
    }
    const leaf = cells[0]!;
    if (rows.has(leaf)) {
      throw new InputError(
        at,
        `the class "${leaf}" occurs twice`,
        isTurned(lines)
          ? "Reverse the columns: the first names the folders, and the coarsest level is the last"
          : "Keep one of the two lines",
      );
    }
    rows.set(leaf, cells);
  }
  return { levels, rows };
}

/**
 * Sees that a table of labels has a line for each class.
 *
 * @param names The classes that have images.
 * @param place How the table is called, for messages.
 * @throws {InputError} Naming those without a line, and why they may have none.
 */
export function checkLabelled(
  names: readonly string[],
  { levels, rows }: LabelTable,
  place: string,
): void {
  const unknown = names.filter((name) => !rows.has(name));
  if (unknown.length === 0) return;
  const first = unknown.slice(0, 5).map((name) => `"${name}"`).join(", ");
  const spaced = unknown.find((name) => rows.has(name.trim()));
  const parted = new Set([...rows.keys()].map((cell) => cell.match(/^(\S+) /)?.[1]));
  const column = levels.find((_, i) => {
    const classes = new Set([...rows.values()].map((cells) => cells[i]));
    return unknown.every((name) => classes.has(name));
  });
  throw new InputError(
    place,
    `no line for ${plural(unknown.length, "class folder")}: ${first}`,
    unknown.includes(levels[0]!)
      ? `Begin with a line of the levels' names: the first line, now ${
        levels.join(", ")
      }, is the header`
      : spaced !== undefined
      ? `Rename the folder "${spaced}": there is a space at an end of its name`
      : unknown.some((name) => parted.has(name))
      ? "Put a tab between two cells: there are lines that go on with a space"
      : column !== undefined
      ? `Put the column "${column}" first: the first column names the folders`
      : "Add a line for each, with the folder's name in the first column, or remove the folder",
  );
}

/** Whether the last column names each line apart, and so looks like that of the folders. */
function isTurned(lines: readonly TextRow[]): boolean {
  const last = lines.map(({ cells }) => cells.at(-1));
  return lines[0]!.cells.length > 1 && new Set(last).size === last.length;
}
