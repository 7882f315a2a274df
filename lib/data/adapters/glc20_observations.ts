import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** An observation of GeoLifeCLEF. */
export interface Observation {
  readonly id: string;
  /** `train`, `val` or `test`. */
  readonly subset: string;
  /** Its line in the file, from 1. */
  readonly line: number;
}

/**
 * Reads the observations of a csv, one after another; its columns are separated by semicolons.
 *
 * @throws {InputError} If it cannot be read, or the columns `observation_id` and `subset` are missing.
 */
export async function* readObservations(path: string): AsyncGenerator<Observation> {
  const rows = parse({ delimiter: ";", bom: true, info: true });
  // A pipe alone would not hand on that the file cannot be read.
  const file = createReadStream(path).on("error", (error) => rows.destroy(error));
  file.pipe(rows);
  let columns: { readonly id: number; readonly subset: number } | undefined;
  try {
    for await (const { record, info } of rows) {
      if (columns === undefined) {
        columns = { id: record.indexOf("observation_id"), subset: record.indexOf("subset") };
        if (columns.id >= 0 && columns.subset >= 0) continue;
        throw new InputError(
          path,
          `its columns are ${record.join(", ")}`,
          "It must have observation_id and subset, separated by semicolons",
        );
      }
      const id: string = record[columns.id];
      if (!/^\d+$/.test(id)) {
        throw new InputError(
          `${path}:${info.lines}`,
          `the observation id is "${id}"`,
          "Use a number",
        );
      }
      yield { id, subset: record[columns.subset], line: info.lines };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(path, `the csv cannot be read: ${messageOf(error)}`, "Copy it again");
  } finally {
    file.destroy();
  }
  if (columns === undefined) throw new InputError(path, "it is empty", "Copy it again");
}
