import { InputError } from "@/lib/base/errors.ts";

/** What a `labels.tsv` says: the levels, and for each leaf folder its classes. */
export interface LabelTable {
  /** The header, finest level first. */
  readonly levels: readonly string[];
  /** From a leaf folder's name (in Unicode form NFC) to its classes, finest first. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a `labels.tsv`: UTF-8, tab-separated, a header with the levels from fine to coarse, then a line a leaf whose
 * first cell is the name of its folder.
 *
 * @param bytes The file.
 * @param place How the file is called, for messages.
 * @throws {InputError} Naming the line that is wrong.
 */
export function readLabels(bytes: Uint8Array, place: string): LabelTable {
  const [header, ...lines] = decode(bytes, place).split(/\r\n|\n|\r/).map((text, i) => ({
    at: `${place}:${i + 1}`,
    cells: text.trim() === "" ? [] : text.split("\t").map((cell) => cell.trim().normalize("NFC")),
  }));
  const levels = header!.cells;
  if (levels.length === 0) {
    throw new InputError(place, "the first line is empty", "Begin with the levels, fine to coarse");
  }
  const rows = new Map<string, readonly string[]>();
  for (const { at, cells } of lines) {
    if (cells.length === 0) continue;
    if (cells.length !== levels.length) {
      throw new InputError(
        at,
        `this line has ${cells.length} cells and the header has ${levels.length}`,
        `Write one cell for each of ${levels.join(", ")}, with a tab between two`,
      );
    }
    const empty = cells.indexOf("");
    if (empty >= 0) {
      throw new InputError(at, `the cell "${levels[empty]}" is empty`, "Name every class");
    }
    const leaf = cells[0]!;
    if (rows.has(leaf)) {
      throw new InputError(at, `the class "${leaf}" stands twice`, "Keep one of the two lines");
    }
    rows.set(leaf, cells);
  }
  return { levels, rows };
}

function decode(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(place, "the text is not UTF-8", "Save it as UTF-8");
  }
}
