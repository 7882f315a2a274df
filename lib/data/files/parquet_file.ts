import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import { compressors as published } from "hyparquet-compressors";
import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { isLimit } from "@/lib/base/system_errors.ts";
import { foreignForm } from "@/lib/data/files/foreign_forms.ts";
import { randomReader } from "@/lib/data/files/random_reader.ts";
import { unreadable } from "@/lib/base/text_lines.ts";

/** Those that are published, of which that of LZ4 cannot read what holds nothing: a column without a value. */
const compressors: Compressors = Object.fromEntries(
  Object.entries(published).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number) =>
      length === 0 ? new Uint8Array() : decompress(input, length),
  ]),
);

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** `bytes` of plain bytes, `text` of UTF-8; `struct` of fields; `other` of lists, times and numbers that are not whole. */
  readonly type: "bytes" | "text" | "whole" | "boolean" | "struct" | "other";
  /** The fields of a struct. */
  readonly fields: readonly ParquetColumn[];
}

/** Rows that are stored together, and can be read without the others. */
export interface RowGroup {
  readonly first: number;
  readonly rows: number;
}

/** A Parquet file, opened: what it has, and a way to its values. No value was read for that. */
export interface ParquetFile {
  /** Absolute. */
  readonly path: string;
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly RowGroup[];
  /** The names of the classes of each column of the type `ClassLabel`, as Hugging Face's `datasets` writes them. */
  readonly classNames: ReadonlyMap<string, readonly string[]>;
  /** How many values of a column, or of a field of a struct, are missing in a group; undefined where the file does not say. */
  missing(group: number, ...column: readonly string[]): number | undefined;
  /** The bytes of a column, or of a field of a struct, in a group, uncompressed. */
  bytes(group: number, ...column: readonly string[]): number;
  /**
   * The values of a column in a group, `[rows]`: `Uint8Array`, text, numbers, bigints, booleans, structs by their fields' names;
   * `null` or undefined where there is none.
   *
   * @throws {Error} If they cannot be read.
   */
  read(group: number, column: string): Promise<readonly unknown[]>;
}

/**
 * Opens a Parquet file.
 *
 * @throws {InputError} If it is none, or cannot be read.
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const metadata = await readMetadata(path);
  const groups: RowGroup[] = [];
  let first = 0;
  for (const { num_rows } of metadata.row_groups) {
    groups.push({ first, rows: Number(num_rows) });
    first += Number(num_rows);
  }
  const chunkOf = (group: number, column: readonly string[]) =>
    metadata.row_groups[group]!.columns
      .find(({ meta_data }) => meta_data?.path_in_schema.join("\0") === column.join("\0"))
      ?.meta_data;
  checkCodecs(metadata, path);
  return {
    path,
    columns: parquetSchema(metadata).children.map(columnOf),
    groups,
    classNames: classNamesIn(metadata),
    missing(group, ...column) {
      const count = chunkOf(group, column)?.statistics?.null_count;
      return count === undefined ? undefined : Number(count);
    },
    bytes: (group, ...column) => Number(chunkOf(group, column)?.total_uncompressed_size ?? 0),
    read: (group, column) =>
      opened(path, async (file) => {
        const { first, rows } = groups[group]!;
        const range = { rowStart: first, rowEnd: first + rows };
        const found = await parquetReadObjects({
          ...{ file, metadata, ...range, columns: [column], compressors },
          // Bytes stay bytes; text says itself that it is text.
          ...{ utf8: false, geoparquet: false },
        });
        if (found.length !== rows) {
          throw new InputError(path, `${found.length} rows are there of ${rows}`, "Copy it again");
        }
        return found.map((row) => row[column]);
      }),
  };
}

function columnOf({ element, children }: SchemaTree): ParquetColumn {
  const { name, repetition_type, type, converted_type, logical_type } = element;
  const told = logical_type?.type ?? converted_type;
  const isList = repetition_type === "REPEATED" || ["LIST", "MAP", "VARIANT"].includes(told ?? "");
  return {
    name,
    type: isList
      ? "other"
      : children.length > 0
      ? "struct"
      : type === "BOOLEAN"
      ? "boolean"
      : type === "BYTE_ARRAY"
      ? told === undefined ? "bytes" : ["STRING", "UTF8", "ENUM"].includes(told) ? "text" : "other"
      : (type === "INT32" || type === "INT64") &&
          (told === undefined || told === "INTEGER" || /^U?INT_/.test(told))
      ? "whole"
      : "other",
    fields: isList ? [] : children.map(columnOf),
  };
}

// The most bytes that are read at once.
const maximumSlice = 2 ** 31;

/** Opens a file for some work on it. */
async function opened<T>(
  path: string,
  work: (file: AsyncBuffer) => Promise<T>,
): Promise<T> {
  const { size, read, close } = randomReader(path);
  try {
    return await work({
      byteLength: size,
      slice(start, end = size) {
        // A footer that lies about its length would ask for any amount.
        if (start < 0 || end > size || end < start || end - start > maximumSlice) {
          return Promise.reject(new Error(`bytes ${start} to ${end} are asked of ${size}`));
        }
        return read(start, end - start).then(({ buffer }) => buffer);
      },
    });
  } finally {
    close();
  }
}

async function readMetadata(path: string): Promise<FileMetaData> {
  try {
    return await opened(path, (file) => parquetMetadataAsync(file, { geoparquet: false }));
  } catch (error) {
    if (isLimit(error)) throw error;
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      throw unreadable(path, error);
    }
    const form = /\.parquet$/i.test(path) ? undefined : foreignForm(path);
    throw new InputError(
      path,
      form === undefined
        ? `it is no Parquet file, or cut short or damaged: ${messageOf(error)}`
        : `it is no Parquet file, but ${form.name}`,
      form === undefined ? "Copy it again" : `Name Parquet files; else ${form.remedy}`,
    );
  }
}

function checkCodecs({ row_groups }: FileMetaData, path: string): void {
  for (const { columns } of row_groups) {
    for (const { meta_data, file_path } of columns) {
      const problem = meta_data === undefined
        ? "it is encrypted"
        : file_path !== undefined
        ? `the column ${meta_data.path_in_schema.join(".")} lies in another file, ${file_path}`
        : meta_data.codec !== "UNCOMPRESSED" && compressors[meta_data.codec] === undefined
        ? `it is compressed by ${meta_data.codec}`
        : undefined;
      if (problem === undefined) continue;
      throw new InputError(path, problem, "Write it again as one file, with snappy or zstd");
    }
  }
}

const classLabel = z.object({ _type: z.literal("ClassLabel"), names: z.array(z.string()) });
const features = z.object({ info: z.object({ features: z.record(z.string(), z.unknown()) }) });

/** What `datasets` says of the columns; nothing where others wrote the file. */
function classNamesIn({ key_value_metadata = [] }: FileMetaData): Map<string, readonly string[]> {
  const text = key_value_metadata.find(({ key }) => key === "huggingface")?.value;
  const found = features.safeParse(jsonOf(text));
  if (!found.success) return new Map();
  return new Map(
    Object.entries(found.data.info.features).flatMap(([name, feature]) => {
      const { success, data } = classLabel.safeParse(feature);
      return success ? [[name, data.names] as const] : [];
    }),
  );
}

function jsonOf(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
