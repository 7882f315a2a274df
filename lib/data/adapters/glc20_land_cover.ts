import { parse } from "csv-parse/sync";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** The classes of land cover, and the class of each code that a patch holds. */
export interface LandCover {
  /** Sorted by name. */
  readonly names: readonly string[];
  /** Index into the names by code. */
  readonly classOf: ReadonlyMap<number, number>;
}

const columns = ["landcover_code", "suggested_landcover_label"];

/**
 * Reads the suggested alignment of the two regions' land-cover codes, separated by semicolons: the class of a code is its
 * suggested label.
 *
 * @throws {InputError} If it cannot be read, or a column is missing.
 */
export async function readLandCover(path: string): Promise<LandCover> {
  let rows: Record<string, string>[];
  try {
    rows = parse(await Deno.readTextFile(path), { delimiter: ";", columns: true, bom: true });
  } catch (error) {
    throw new InputError(path, `the csv cannot be read: ${messageOf(error)}`, "Copy it again");
  }
  const missing = columns.filter((name) => rows[0]?.[name] === undefined);
  if (missing.length > 0) {
    throw new InputError(
      path,
      `it lacks ${missing.join(" and ")}; its columns are ${Object.keys(rows[0] ?? {}).join(", ")}`,
      `Use a csv with ${columns.join(" and ")}, separated by semicolons`,
    );
  }
  const labels = new Map(rows.map((row) => [Number(row[columns[0]!]), row[columns[1]!]!.trim()]));
  const names = [...new Set(labels.values())].sort();
  return {
    names,
    classOf: new Map([...labels].map(([code, label]) => [code, names.indexOf(label)])),
  };
}
