/**
 * The report of a study: which tables and charts each experiment gets, in the paper's order.
 *
 * @module
 */

import { writeFiles } from "@/lib/report/mod.ts";
import { readStudy, type StudyInput } from "@/lib/results/mod.ts";
import { studyFiles } from "@/reports/files.ts";
import { studyPage } from "@/reports/study.ts";

/** Renders the report as one HTML text that needs no other file. */
export async function renderStudy(input: StudyInput): Promise<string> {
  return await studyPage(await readStudy(input));
}

/**
 * Writes `index.html`, `rows.csv` and `claims.csv` into a folder.
 *
 * @returns Their paths.
 */
export async function writeReport(input: StudyInput, folder: string): Promise<readonly string[]> {
  const study = await readStudy(input);
  const { rows, claims } = studyFiles(study);
  return await writeFiles(folder, {
    "index.html": await studyPage(study),
    "rows.csv": rows,
    "claims.csv": claims,
  });
}
