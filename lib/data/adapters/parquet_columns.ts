import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import type { ParquetColumn, ParquetFile } from "@/lib/data/files/parquet_file.ts";

/** A column whose values are image files: bytes, or structs that have them in the field `bytes`. */
export interface ImageColumn {
  readonly name: string;
  /** Where the bytes stand: the column, and in a struct the field. */
  readonly bytes: readonly string[];
  /** Whether a struct says the file's name too. */
  readonly hasPath: boolean;
}

/** The fields of Hugging Face's `Image`, found by name: they stand in either order. */
const [bytesField, pathField] = ["bytes", "path"];

/**
 * The column of the images.
 *
 * @param named What `data.yaml` calls it; left out where there is one that it can be.
 * @throws {InputError} If there is none or several, naming what there is.
 */
export function imageColumn({ path, columns }: ParquetFile, named?: string): ImageColumn {
  const possible = columns.filter(holdsImages);
  const structs = possible.filter(({ type }) => type === "struct");
  // Plain bytes may be anything where a struct says that it is an image.
  const usual = structs.length > 0 ? structs : possible;
  const found = named === undefined
    ? usual.length === 1 ? usual[0] : undefined
    : possible.find(({ name }) => name === named);
  if (found !== undefined) {
    const { name, type, fields } = found;
    return type === "struct"
      ? { name, bytes: [name, bytesField], hasPath: fields.some((one) => one.name === pathField) }
      : { name, bytes: [name], hasPath: false };
  }
  const names = possible.map(({ name }) => name);
  const one = named === undefined ? undefined : columns.find(({ name }) => name === named);
  throw new InputError(
    path,
    one !== undefined
      ? `the column ${one.name} holds no bytes`
      : named !== undefined
      ? `there is no column "${named}"`
      : names.length > 0
      ? `there are several columns of bytes: ${names.join(", ")}`
      : `no column holds images: the columns are ${namesOf(columns)}`,
    names.length > 0
      ? `${didYouMean(named ?? "", names)}Name the one of the images with image: ${
        names.join(" or ")
      }`
      : pathsRemedy,
  );
}

/** What to do where there are names of images in place of them. */
export const pathsRemedy =
  "Images stand in a column of bytes, or of structs with a field bytes, as Python's datasets writes them once files are put inside " +
  '(ds.with_format("arrow").map(datasets.table.embed_table_storage, batched=True)); where there are only paths, list them in a csv (dataset: csv)';

function holdsImages({ type, fields }: ParquetColumn): boolean {
  return type === "bytes" ||
    type === "struct" && fields.some((one) => one.name === bytesField && one.type === "bytes");
}

/**
 * The columns of the labels, fine to coarse.
 *
 * @param named What `data.yaml` calls them; left out where there is one `ClassLabel`, or else one named `label`.
 * @throws {InputError} If there is none or several, or one of them holds no labels.
 */
export function labelColumns(file: ParquetFile, named?: readonly string[]): readonly string[] {
  const { path, columns, classNames } = file;
  const possible = columns.filter(({ type }) =>
    type === "text" || type === "whole" || type === "boolean"
  ).map(({ name }) => name);
  const marked = possible.filter((name) => classNames.has(name));
  const all = columns.map(({ name }) => name);
  const usual = marked.length > 0 ? marked : all.filter((name) => name === "label");
  const chosen = named ?? usual;
  if (named === undefined && chosen.length !== 1) {
    throw new InputError(
      path,
      chosen.length > 1
        ? `there are several columns of labels: ${chosen.join(", ")}`
        : `no column is known to hold the labels: the columns are ${namesOf(columns)}`,
      chosen.length > 1
        ? `Name those that count, fine to coarse, as in labels: [${chosen.join(", ")}]`
        : "Name it with labels, or several fine to coarse; files of images without labels belong under unlabelled",
    );
  }
  const wrong = chosen.find((name) => !possible.includes(name));
  if (wrong === undefined) return chosen;
  throw new InputError(
    path,
    all.includes(wrong)
      ? `the column ${wrong} holds neither text nor whole numbers`
      : `there is no column "${wrong}"`,
    `${didYouMean(wrong, possible)}${
      possible.length === 0
        ? "Write a column of text or whole numbers, one of each row"
        : `Columns that can hold labels are ${possible.join(", ")}`
    }`,
  );
}

/** Refuses columns of labels that two files number differently. */
export function checkSameNames(
  files: readonly ParquetFile[],
  columns: readonly string[],
): void {
  const [first, ...others] = files;
  for (const column of columns) {
    const names = JSON.stringify(first?.classNames.get(column));
    const other = others.find(({ classNames }) => JSON.stringify(classNames.get(column)) !== names);
    if (other === undefined) continue;
    throw new InputError(
      other.path,
      `the class names of its column ${column} are not those of ${first!.path}`,
      "Name files that were written together",
    );
  }
}

function namesOf(columns: readonly ParquetColumn[]): string {
  return columns.map(({ name }) => name).join(", ");
}
