import { basename } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { type ImageColumn, pathsRemedy } from "@/lib/data/adapters/parquet_columns.ts";
import type { ParquetFile } from "@/lib/data/files/parquet_file.ts";
import type { SourceFile } from "@/lib/data/files/source_file.ts";

/** A row as its image column has it. */
export interface ImageRow {
  /** `null` where there is no image. */
  readonly bytes: Uint8Array | null;
  /** The name of a file, where the column says one. */
  readonly path: string | null;
}

/** The images of a group of rows. */
export async function imagesOf(
  file: ParquetFile,
  { group, column }: { readonly group: number; readonly column: ImageColumn },
): Promise<readonly ImageRow[]> {
  const values = await file.read(group, column.name);
  return values.map((value) => {
    const { bytes, path } = column.bytes.length === 1
      ? { bytes: value }
      : value as Readonly<Record<string, unknown>> | null ?? {};
    return {
      bytes: bytes instanceof Uint8Array ? bytes : null,
      path: typeof path === "string" && path !== "" ? path : null,
    };
  });
}

/** The most bytes of images in a group, which is read as a whole. */
const maximumGroup = 2 ** 31;

/**
 * The images of a group as files, named by file and row, with the row as the offset. Only where some are missing are they read for
 * that: a missing one is a file without a byte, and all others have one, how many the rows do not say.
 *
 * @throws {InputError} If a row names a file in place of holding it, or the group is too large to be read.
 */
export async function listImages(
  file: ParquetFile,
  at: { readonly group: number; readonly column: ImageColumn },
): Promise<readonly SourceFile[]> {
  const { group, column } = at;
  const { first, rows } = file.groups[group]!;
  const bytes = file.bytes(group, ...column.bytes);
  if (bytes > maximumGroup) {
    throw new InputError(
      file.path,
      `rows ${first} to ${
        first + rows - 1
      } are one group of ${bytes} bytes, which is read as a whole`,
      "Write it again in smaller groups, in Python with row_group_size=1000",
    );
  }
  const isWhole = file.missing(group, ...column.bytes) === 0;
  const images = isWhole ? null : await imagesOf(file, at);
  const name = basename(file.path);
  return Array.from({ length: rows }, (_, i) => {
    const image = images?.[i];
    if (image?.bytes === null && image.path !== null) {
      throw new InputError(
        `${file.path}: row ${first + i}`,
        `the column ${column.name} names the file ${image.path} and does not hold it`,
        pathsRemedy,
      );
    }
    const size = image === undefined ? 1 : image.bytes?.length ?? 0;
    return { path: `${name}#${first + i}`, size, offset: first + i };
  });
}

/**
 * The classes of each row of a group, as many as there are columns.
 *
 * @throws {InputError} If a row has none, or a number that no class has.
 */
export async function labelsOf(
  file: ParquetFile,
  { group, columns }: { readonly group: number; readonly columns: readonly string[] },
): Promise<readonly (readonly string[])[]> {
  const { first, rows } = file.groups[group]!;
  const values: (readonly unknown[])[] = [];
  for (const column of columns) values.push(await file.read(group, column));
  return Array.from(
    { length: rows },
    (_, i) =>
      columns.map((column, number) =>
        classOf(values[number]![i], {
          names: file.classNames.get(column),
          place: () => `${file.path}: row ${first + i}`,
          column,
        })
      ),
  );
}

function classOf(
  value: unknown,
  { names, place, column }: {
    readonly names: readonly string[] | undefined;
    place(): string;
    readonly column: string;
  },
): string {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const name = names !== undefined && isNumber ? names[Number(value)] : value;
  const text = name === undefined || name === null ? "" : String(name).trim().normalize("NFC");
  if (text !== "") return text;
  throw new InputError(
    place(),
    isNumber
      ? `its ${column} is ${value}, and there are ${names!.length} classes`
      : `it has no ${column}`,
    "Remove such rows; files of images without labels belong under unlabelled",
  );
}
