import { parse } from "csv-parse/sync";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { readText } from "@/lib/base/text_lines.ts";

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
  const text = await readText(path);
  let rows: string[][];
  try {
    rows = parse(text, { delimiter: ";", skip_empty_lines: true });
  } catch (error) {
    throw new InputError(path, `the csv cannot be read: ${messageOf(error)}`, "Copy it again");
  }
  const [header = [], ...lines] = rows;
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      path,
      `it lacks ${missing.join(" and ")}; its columns are ${header.join(", ")}`,
      `Use landcover_suggested_alignment.csv, which has ${
        columns.join(" and ")
      }, separated by semicolons`,
    );
  }
  const [codeAt, labelAt] = columns.map((name) => header.indexOf(name)) as [number, number];
  const labels = new Map<number, string>();
  for (const line of lines) {
    const code = line[codeAt]!.trim(), label = line[labelAt]!.trim();
    if (!/^\d+$/.test(code) || label === "") {
      throw new InputError(
        path,
        `a line has the code "${code}" and the label "${label}"`,
        "Give each number a label",
      );
    }
    const known = labels.get(Number(code));
    if (known !== undefined && known !== label) {
      throw new InputError(
        path,
        `the code ${code} has the labels "${known}" and "${label}"`,
        "Keep one of the two lines",
      );
    }
    labels.set(Number(code), label);
  }
  const names = [...new Set(labels.values())].sort();
  return {
    names,
    classOf: new Map([...labels].map(([code, label]) => [code, names.indexOf(label)])),
  };
}
