import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { readLines, readText } from "@/lib/base/text_lines.ts";

/** The levels of the scene hierarchy, and the classes of each scene above itself. */
export interface SceneParents {
  /** Finest first, the scenes' own level included. */
  readonly levels: readonly string[];
  /** By scene, such as `/a/abbey`: one name for each level but the first. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
}

const builtIn = resolve(import.meta.dirname!, "../hierarchies/places365.tsv");

// The published sheet has three flags for the coarsest level and sixteen for the middle one.
const COARSE = 3, MIDDLE = 16;

/**
 * Reads the hierarchy of scenes: from the published csv, where a scene that is flagged twice belongs to the first flag of the
 * middle level, and a middle class to the coarse one that most of its scenes have (how the paper handles these is not known), or else the indoor and outdoor scenes that come with the project.
 */
export async function sceneParents(csv: string | undefined): Promise<SceneParents> {
  if (csv !== undefined) return await fromCsv(csv);
  const parents = new Map<string, readonly string[]>();
  for await (const { text } of readLines(builtIn)) {
    if (text.startsWith("#")) continue;
    const [scene, place] = text.split("\t") as [string, string];
    parents.set(scene, [place]);
  }
  return { levels: ["scene", "place"], parents };
}

async function fromCsv(path: string): Promise<SceneParents> {
  const rows = await readRows(path);
  const first = rows.findIndex((row) => sceneName(row[0] ?? "").startsWith("/"));
  const header = rows[first - 1]?.slice(1).filter((name) => name.trim() !== "") ?? [];
  if (first < 1 || header.length !== COARSE + MIDDLE) {
    throw new InputError(
      path,
      first < 1
        ? "it has no line of a scene below a header"
        : `its header names ${header.length} classes`,
      `Use the published csv of the scene hierarchy: a scene, then ${COARSE} and ${MIDDLE} columns of 0 and 1`,
    );
  }
  const scenes = new Map<string, { readonly coarse: number; readonly middle: number }>();
  for (const [i, row] of rows.entries()) {
    const scene = sceneName(row[0] ?? "");
    if (i < first || scene === "") continue;
    const flags = row.slice(1, 1 + COARSE + MIDDLE).map((cell) => cell.trim() === "1");
    const coarse = flags.slice(0, COARSE).indexOf(true);
    const middle = flags.slice(COARSE).indexOf(true);
    if (coarse < 0 || middle < 0) {
      throw new InputError(
        `${path}:${i + 1}`,
        `the scene ${scene} is flagged for no class of a level`,
        "Flag one of each level with 1",
      );
    }
    scenes.set(scene, { coarse, middle });
  }
  const parentOf = commonParents([...scenes.values()]);
  const name = (column: number): string => header[column]!.trim();
  const parents = new Map(
    [...scenes].map(([scene, { middle }]) => [
      scene,
      [name(COARSE + middle), name(parentOf[middle]!)],
    ]),
  );
  return { levels: ["scene", "setting", "place"], parents };
}

/** The coarse class that most scenes of each middle class have: so that no scene with two splits a middle class. */
function commonParents(
  scenes: readonly { readonly coarse: number; readonly middle: number }[],
): number[] {
  return Array.from({ length: MIDDLE }, (_, middle) => {
    const counts = Array.from(
      { length: COARSE },
      (_, coarse) => scenes.filter((one) => one.middle === middle && one.coarse === coarse).length,
    );
    return counts.indexOf(Math.max(...counts));
  });
}

async function readRows(path: string): Promise<string[][]> {
  const text = await readText(path);
  // Spreadsheets of other countries separate by semicolons.
  const delimiter = text.match(/\/[^,;\t\n]*([,;\t])/)?.[1] ?? ",";
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch (error) {
    throw new InputError(
      path,
      `the csv cannot be read: ${messageOf(error)}`,
      "Save it as csv in UTF-8",
    );
  }
}

/** The published cells have a path in single quotes. */
function sceneName(cell: string): string {
  return cell.trim().replace(/^'|'$/g, "");
}
