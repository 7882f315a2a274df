import { fileWriter, ParquetWriter } from "hyparquet-writer";

/** Features of images, and what is known of these. */
export interface FeatureTable {
  readonly images: number;
  /** Numbers of each image. */
  readonly dimensions: number;
  /** Columns of text beside them, by name: of each image a text, or `null`. */
  readonly columns: Readonly<Record<string, (image: number) => string | null>>;
  /** float32 `[end - start, dimensions]`, flat. */
  features(start: number, end: number): Promise<Float32Array>;
}

// Numbers of features in a group of rows, which is held in memory as arrays.
const groupNumbers = 2 ** 20;

/**
 * Writes features as a Parquet file: the columns of text, and `features`, lists of floats. Not more than a group of rows is held in
 * memory.
 *
 * @param path A file that is replaced.
 */
export async function writeFeaturesParquet(path: string, table: FeatureTable): Promise<void> {
  const { images, dimensions, columns } = table;
  const names = Object.keys(columns);
  const parquet = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: "schema", num_children: names.length + 1 },
      ...names.map((name) => ({
        name,
        type: "BYTE_ARRAY" as const,
        converted_type: "UTF8" as const,
        repetition_type: "OPTIONAL" as const,
      })),
      { name: "features", converted_type: "LIST", repetition_type: "REQUIRED", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", type: "FLOAT", repetition_type: "REQUIRED" },
    ],
  });
  const rows = Math.max(1, Math.floor(groupNumbers / dimensions));
  for (let start = 0; start < images; start += rows) {
    const end = Math.min(start + rows, images);
    const values = await table.features(start, end);
    const all = Array.from({ length: end - start }, (_, i) => i);
    await parquet.write({
      columnData: [
        ...names.map((name) => ({ name, data: all.map((i) => columns[name]!(start + i)) })),
        {
          name: "features",
          data: all.map((i) => [...values.subarray(i * dimensions, (i + 1) * dimensions)]),
          // Numbers that all differ become no shorter.
          ...{ encoding: "PLAIN", codec: "UNCOMPRESSED", statistics: false } as const,
        },
      ],
      rowGroupSize: rows,
    });
  }
  await parquet.finish();
}
