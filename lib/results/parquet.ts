import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { claimColumns, type ClaimLine } from "@/lib/results/csv.ts";
import { rowColumns, type RowLine } from "@/lib/results/row_lines.ts";

/** A table as Apache Parquet: text as strings, whole numbers as 32-bit integers, all others as doubles, nothing as null. */
type ColumnType = "STRING" | "INT32" | "DOUBLE";

const rowTypes: Readonly<Record<(typeof rowColumns)[number], ColumnType>> = {
  experiment: "STRING",
  condition: "STRING",
  scale: "STRING",
  method: "STRING",
  pretrain_domain: "STRING",
  pretrain_images: "INT32",
  corruption: "STRING",
  budget: "STRING",
  training: "STRING",
  network: "STRING",
  probe: "STRING",
  probe_settings: "STRING",
  eval_domain: "STRING",
  labels: "INT32",
  eval_images: "STRING",
  level: "STRING",
  seed: "INT32",
  metric: "STRING",
  value: "DOUBLE",
  low: "DOUBLE",
  high: "DOUBLE",
  seeds: "INT32",
  cell: "STRING",
  pretrain_data: "STRING",
  eval_data: "STRING",
  precision: "STRING",
  score: "STRING",
  artifact: "STRING",
  encoders: "STRING",
};

const claimTypes: Readonly<Record<(typeof claimColumns)[number], ColumnType>> = {
  experiment: "STRING",
  claim: "STRING",
  contrast: "STRING",
  number: "INT32",
  statement: "STRING",
  means: "STRING",
  direction: "STRING",
  threshold: "DOUBLE",
  paper: "DOUBLE",
  paper_source: "STRING",
  value: "DOUBLE",
  low: "DOUBLE",
  high: "DOUBLE",
  seeds: "INT32",
  p_corrected: "DOUBLE",
  verdict: "STRING",
  reason: "STRING",
  cells: "STRING",
};

/** The rows as a Parquet file with the columns of `rows.csv`. */
export function rowsParquet(lines: readonly RowLine[]): Uint8Array {
  return parquet(rowColumns, rowTypes, lines);
}

/** The claims as a Parquet file with the columns of `claims.csv`. */
export function claimsParquet(lines: readonly ClaimLine[]): Uint8Array {
  return parquet(claimColumns, claimTypes, lines);
}

function parquet<Name extends string>(
  names: readonly Name[],
  types: Readonly<Record<Name, ColumnType>>,
  lines: readonly { readonly [N in Name]?: unknown }[],
): Uint8Array {
  const columnData = names.map((name) => ({
    name,
    type: types[name],
    nullable: true,
    data: lines.map((line) => line[name] ?? null),
  }));
  // Keys and ids are digits, which Snappy, the usual codec, leaves as long as they are; each byte counts twice in the page.
  const compressors = { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }) };
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: "GZIP", compressors }));
}
