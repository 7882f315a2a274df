import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { LabelledSplit } from "@/lib/data/data_set.ts";

/** An observation of GeoLifeCLEF. */
export interface Observation {
  readonly id: string;
  readonly split: LabelledSplit;
  /** Whether the file's name says the split, for want of a column. */
  readonly isNamed: boolean;
  /** Its line in the file, from 1. */
  readonly line: number;
}

/** Where the two columns that count stand. */
interface Columns {
  readonly id: number;
  /** Undefined in files without the column. */
  readonly subset: number | undefined;
}

/**
 * Reads the observations of a csv, one after another; its columns are separated by semicolons. The id is in
 * `observation_id` (2021, 2022) or `id` (2020). Where there is a column `subset`, `train` is trained on, `val` and `test` are
 * tested on; a file without it is one or the other by its own name, such as `occurrences_us_test.csv`.
 *
 * @throws {InputError} If it cannot be read, has no id, or does not say what is tested on.
 */
export async function* readObservations(path: string): AsyncGenerator<Observation> {
  const rows = parse({ delimiter: ";", bom: true, info: true });
  // A pipe alone would not hand on that the file cannot be read.
  const file = createReadStream(path).on("error", (error) => rows.destroy(error));
  file.pipe(rows);
  let columns: Columns | undefined, ofFile: LabelledSplit | undefined;
  try {
    for await (const { record, info } of rows) {
      if (columns === undefined) {
        columns = columnsOf(record, path);
        if (columns.subset === undefined) ofFile = splitOfName(path, record);
        continue;
      }
      const place = `${path}:${info.lines}`;
      const id: string = record[columns.id];
      if (!/^\d+$/.test(id)) {
        throw new InputError(place, `the observation id is "${id}"`, "Use a number");
      }
      const split = ofFile ?? splitOf(record[columns.subset!], place);
      yield { id, split, isNamed: ofFile !== undefined, line: info.lines };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(path, `the csv cannot be read: ${messageOf(error)}`, "Copy it again");
  } finally {
    file.destroy();
  }
  if (columns === undefined) throw new InputError(path, "it is empty", "Copy it again");
}

function columnsOf(header: readonly string[], path: string): Columns {
  const at = (name: string): number | undefined => {
    const index = header.indexOf(name);
    return index < 0 ? undefined : index;
  };
  const id = at("observation_id") ?? at("id");
  if (id !== undefined) return { id, subset: at("subset") };
  throw new InputError(
    path,
    `its columns are ${header.join(", ")}`,
    "It must have observation_id and subset (GeoLifeCLEF 2021 and 2022) or id (2020), separated by semicolons",
  );
}

function splitOf(subset: string, place: string): LabelledSplit {
  if (subset === "train") return "train";
  if (subset === "val" || subset === "test") return "test";
  throw new InputError(place, `the subset is "${subset}"`, "Use train, val or test");
}

function splitOfName(path: string, header: readonly string[]): LabelledSplit {
  const said = basename(path).match(/train|test/gi)?.map((word) => word.toLowerCase()) ?? [];
  if (new Set(said).size === 1) return said[0] as LabelledSplit;
  throw new InputError(
    path,
    `its columns are ${header.join(", ")}, and neither they nor its name say what is tested on`,
    "It must have observation_id and subset, or its published name, such as occurrences_us_test.csv",
  );
}
