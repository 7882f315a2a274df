import { dirname, relative, resolve } from "node:path";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { isLimit } from "@/lib/base/system_errors.ts";
import type { CsvRow } from "@/lib/data/adapters/csv_table.ts";

/** An image that a row names. */
export interface CsvImage {
  readonly row: CsvRow;
  /** From the folder of the table. */
  readonly path: string;
  readonly size: number;
}

// Of a network's file system each look takes its time.
const looksAtOnce = 32;

/**
 * Finds the images that the rows of a table name: relative paths start at its folder.
 *
 * @param table The path of the table, absolute.
 * @throws {InputError} If there is no such file, or two rows name the same.
 */
export async function findImages(
  rows: readonly CsvRow[],
  table: string,
): Promise<readonly CsvImage[]> {
  const folder = dirname(table);
  const images: CsvImage[] = [], missing: CsvRow[] = [];
  const known = new Map<string, CsvRow>();
  const map = async (row: CsvRow) => ({ row, found: await find(row, folder) });
  for await (const { row, found } of orderedMap(rows, { limit: looksAtOnce, map })) {
    if (found instanceof InputError) throw found;
    if (found === undefined) {
      missing.push(row);
      continue;
    }
    const before = known.get(found.path);
    if (before !== undefined) {
      throw new InputError(
        row.at,
        `the image ${row.image} stands in ${before.at} already`,
        "Keep one of the two lines",
      );
    }
    known.set(found.path, row);
    images.push({ row, ...found });
  }
  const [first] = missing;
  if (first === undefined) return images;
  const others = missing.length - 1;
  throw new InputError(
    first.at,
    `the image ${first.image} does not exist${
      others === 0
        ? ""
        : `, nor ${
          others === 1 ? "does that of 1 other line" : `do those of ${others} other lines`
        }`
    }`,
    `Correct the path; relative paths start at ${folder}${
      first.image.includes("\\") ? ", and folders are parted by /" : ""
    }${
      images.length > 0 ? "" : "; where that is no path, name the column of the paths with image"
    }`,
  );
}

/** An image's path and size; undefined where there is none, and an error where there is something else. */
async function find(
  { at, image }: CsvRow,
  folder: string,
): Promise<Pick<CsvImage, "path" | "size"> | InputError | undefined> {
  // The table's letters are NFC; a file's may not be.
  for (const spelled of new Set([image, image.normalize("NFD")])) {
    const path = resolve(folder, spelled);
    try {
      const { size, isFile } = await Deno.stat(path);
      if (isFile) return { path: relative(folder, path), size };
      return new InputError(at, `${image} is no file`, "Name the file of an image");
    } catch (error) {
      if (isLimit(error)) throw error;
      const isAbsent = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory;
      if (isAbsent) continue;
      return new InputError(at, `${image} cannot be read: ${messageOf(error)}`, "Allow it");
    }
  }
  return undefined;
}
