import { dirname, resolve } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import type { ReportInput } from "@/lib/cli/publish.ts";
import {
  cellId,
  type OtherRun,
  otherRun,
  otherRunFrom,
  plannedSubjects,
  readRows,
  readStudy,
} from "@/lib/results/mod.ts";
import { findStore, type FoundStore } from "@/lib/store/mod.ts";

/**
 * Makes sure that what is given with `--against` may be a store or a file of claims, and another than the report's own.
 *
 * @param store The report's own.
 * @throws {InputError} If not.
 */
export async function checkAgainst(name: string, store: string): Promise<void> {
  if (await isFile(name)) {
    await claimsIn(name);
    return;
  }
  const [other, own] = await Promise.all([storeAt(name), findStore(store)]);
  if (other.root === own.root) {
    throw new InputError(placeOf(name), "it is the store of the report itself", "Give another");
  }
}

/**
 * Reads the run that a report is laid beside: of another store the same experiments, scale and options.
 *
 * @param input What the report is made from.
 * @throws {InputError} If nothing in it is of the study.
 */
export async function readAgainst(name: string, input: ReportInput): Promise<OtherRun> {
  const run = await isFile(name) ? await claimsIn(name) : await studyIn(name, input);
  const { experiments, plan, scale } = input;
  const claims = new Set(
    experiments.flatMap(({ id, claims }) => claims.map((claim) => `${id} ${claim.id}`)),
  );
  const cells = experiments.flatMap(({ id }) => plannedSubjects(plan, id).map(cellId));
  const isCommon = cells.some((cell) => run.cells.has(cell)) ||
    run.claims.some(({ experiment, claim, verdict }) =>
      verdict !== "not measured" && claims.has(`${experiment} ${claim}`)
    );
  if (isCommon) return run;
  throw new InputError(
    placeOf(name),
    `nothing in it was measured of ${
      experiments.map(({ id }) => id).join(", ")
    } at scale ${scale.name}`,
    "Give a run of the same experiments",
  );
}

async function studyIn(name: string, input: ReportInput): Promise<OtherRun> {
  const store = await storeAt(name);
  const rows = await readRows(input.plan, store);
  return otherRun(name, await readStudy({ ...input, store, rows }));
}

async function storeAt(name: string): Promise<FoundStore> {
  const remedy = "Give a store, or the claims.csv of a report";
  const found = await findStore(name, { place: placeOf(name), remedy });
  if (found.made) return found;
  throw new InputError(placeOf(name), "there is neither a store nor a file", remedy);
}

async function claimsIn(name: string): Promise<OtherRun> {
  const figures = resolve(dirname(name), "figures.csv");
  let claims: string;
  try {
    claims = await Deno.readTextFile(name);
  } catch (error) {
    throw new InputError(placeOf(name), `it cannot be read (${wordsOf(error)})`, "Give another");
  }
  return otherRunFrom(name, {
    claims,
    figures: await exists(figures) ? await Deno.readTextFile(figures) : null,
  });
}

async function isFile(name: string): Promise<boolean> {
  try {
    return (await Deno.stat(name)).isFile;
  } catch {
    return false;
  }
}

function placeOf(name: string): string {
  return `--against ${name || '""'}`;
}
