/**
 * The report of a study: which tables and charts each experiment gets, in the paper's order.
 *
 * @module
 */

import { crate, type CrateFile, writeFiles } from "@/lib/report/mod.ts";
import { readStudy, type StudyInput } from "@/lib/results/mod.ts";
import { againstName, studyFiles } from "@/reports/files.ts";
import { paperName } from "@/reports/names.ts";
import { studyPage } from "@/reports/study.ts";
import { studyTitle } from "@/reports/title.ts";

/** Renders the report as one HTML text that needs no other file. */
export async function renderStudy(input: StudyInput): Promise<string> {
  return await studyPage(await readStudy(input));
}

export { againstName };

/** The files of a report; one that is laid beside another run has {@linkcode againstName} too. */
export const reportNames = [
  "index.html",
  "rows.csv",
  "claims.csv",
  "figures.csv",
  "rows.parquet",
  "claims.parquet",
  "ro-crate-metadata.json",
] as const;

/**
 * Writes `index.html`, the rows and claims as text and as Parquet, and an RO-Crate manifest of them into a folder.
 *
 * @param options `write` writes them, once all are made; `artifacts`: whether the manifest describes the store's artifacts too,
 * which then lie beside them as they do in a store.
 * @returns Their paths.
 */
export async function writeReport(
  input: StudyInput,
  folder: string,
  { write = writeFiles, artifacts = false }: {
    readonly write?: typeof writeFiles;
    readonly artifacts?: boolean;
  } = {},
): Promise<readonly string[]> {
  const study = await readStudy(input);
  const page: CrateFile = {
    name: "index.html",
    type: "text/html",
    about: "the report, one page that needs no other file",
    content: await studyPage(study),
  };
  // The steps stand in the page and in the store: as a file of their own they would be told a third time.
  const files = [page, ...studyFiles(study).filter(({ name }) => name !== "study.json.gz")];
  return await write(folder, {
    ...Object.fromEntries(files.map(({ name, content }) => [name, content])),
    "ro-crate-metadata.json": crate(study, {
      ...{ title: studyTitle(study), files, paperName, artifacts },
    }),
  });
}
