import { type Download, downloadLinks, type Html } from "@/lib/report/mod.ts";
import { claimsCsv, rowColumns, rowsCsv, type StudyResults } from "@/lib/results/mod.ts";

/** The files that a report offers: rows, claims, and both with every step as JSON. */
export function studyFiles(study: StudyResults): {
  readonly rows: string;
  readonly claims: string;
  readonly json: string;
} {
  const claims = study.experiments.flatMap(({ experiment, judgements }) =>
    judgements.map((judgement) => ({ experiment: experiment.id, judgement }))
  );
  const json = {
    scale: study.scale,
    command: study.command,
    rows: study.rows.map((row) => ({
      ...Object.fromEntries(rowColumns.map((name) => [name, row[name]])),
      origin: row.origin,
    })),
    claims: claims.map(({ experiment, judgement }) => ({ experiment, ...judgement })),
    steps: [...study.origins.values()].map(({ step, manifest }) => ({
      ...step,
      code: manifest.code,
      made: manifest.made,
    })),
  };
  return { rows: rowsCsv(study.rows), claims: claimsCsv(claims), json: JSON.stringify(json) };
}

/** Links that save them out of the page. */
export function downloads(study: StudyResults): Html {
  const { rows, claims, json } = studyFiles(study);
  const files: readonly Download[] = [
    { name: "rows.csv", type: "text/csv", text: rows, about: "every measured number" },
    { name: "claims.csv", type: "text/csv", text: claims, about: "every claim and verdict" },
    { name: "study.json", type: "application/json", text: json, about: "both, with every step" },
  ];
  return downloadLinks(files);
}
