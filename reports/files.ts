import { gzipSync } from "node:zlib";
import { curveFigure, type Download, downloadLinks, type Html } from "@/lib/report/mod.ts";
import {
  againstCsv,
  cellFigure,
  claimLines,
  claimsCsv,
  claimsParquet,
  compareRuns,
  derivedCsv,
  type DerivedNumber,
  measuredColumns,
  rowColumns,
  rowLines,
  rowsCsv,
  rowsParquet,
  type StudyResults,
} from "@/lib/results/mod.ts";
import { adviceFacts } from "@/reports/advice_facts.ts";
import { adviceNumbers } from "@/reports/advice_numbers.ts";
import { isAsked } from "@/reports/answer_cells.ts";
import { adviceFigures } from "@/reports/advice_page.ts";
import { methodName } from "@/reports/names.ts";
import { reportOf } from "@/reports/registry.ts";

/** The file of a report that has claims and accuracies beside those of another run. */
export const againstName = "against.csv";

/** The files that a report offers: rows and claims, as text and as Parquet, and both with every step as JSON. */
export function studyFiles(study: StudyResults): readonly Download[] {
  const judged = study.experiments.flatMap(({ experiment, judgements, cells }) =>
    judgements.map((judgement) => ({ experiment, judgement, cells }))
  );
  const claims = claimLines(judged), rows = rowLines(study);
  const json = {
    scale: study.scale,
    command: study.command,
    // The steps below have what else rows.csv says.
    rows: rows.map(({ cell, origin, ...row }) => ({
      ...Object.fromEntries(measuredColumns.map((name) => [name, row[name]])),
      cell,
      origin,
    })),
    claims: judged.map(({ experiment: { id, paperSource = null }, judgement }) => ({
      experiment: id,
      paperSource,
      ...judgement,
    })),
    steps: [...study.origins.values()].map(({ step, manifest }) => ({
      ...step,
      code: manifest.code,
      made: manifest.made,
    })),
  };
  const parquet = "application/vnd.apache.parquet";
  return [
    {
      name: "rows.csv",
      type: "text/csv",
      content: rowsCsv(rows),
      about: "every measured number, with its interval",
    },
    {
      name: "claims.csv",
      type: "text/csv",
      content: claimsCsv(claims),
      about: "every claim and verdict, and the cells compared",
    },
    {
      name: "figures.csv",
      type: "text/csv",
      content: derivedCsv(derivedNumbers(study)),
      about: "means, intervals and differences that the page shows",
    },
    ...study.against === undefined ? [] : [{
      name: againstName,
      type: "text/csv" as const,
      content: againstCsv(compareRuns(study, study.against)),
      about: "claims and accuracies beside those of another run",
    }],
    {
      name: "rows.parquet",
      type: parquet,
      content: rowsParquet(rows),
      about: "the same rows, typed",
    },
    {
      name: "claims.parquet",
      type: parquet,
      content: claimsParquet(claims),
      about: "the same claims, typed",
    },
    {
      // Plain it would be a third of the page.
      name: "study.json.gz",
      type: "application/gzip",
      content: gzipSync(JSON.stringify(json)),
      about: "rows, claims and every step; gzipped JSON",
    },
  ];
}

/** What the page shows beside rows and claims: each condition's mean over seeds, and what figures work out of several. */
export function derivedNumbers(
  study: StudyResults,
): readonly (DerivedNumber & { readonly experiment: string })[] {
  return study.experiments.flatMap((results) => {
    const means = results.cells.map((cell): DerivedNumber => {
      const { value, interval } = cell.estimate;
      const { condition, level } = cell.subject;
      return {
        figure: cellFigure,
        what: `${condition}, ${level}`,
        value,
        ...interval,
        cells: [cell],
      };
    });
    const { id } = results.experiment;
    const figures = [
      ...isAsked(study) ? adviceFigures(study) : [],
      ...reportOf(id).figures(results),
      curveFigure(results, methodName),
    ];
    const numbers = figures.flatMap((one) => "numbers" in one ? one.numbers : []);
    const advice = isAsked(study) ? adviceNumbers(adviceFacts(study)) : [];
    return [...means, ...advice, ...numbers].map((one) => ({ experiment: id, ...one }));
  });
}

/**
 * Links that save them out of the page. Its rows as text leave out where in the store they stand, which would make them half as
 * long again: the file beside the page has that, and the Parquet file in it.
 */
export function downloads(study: StudyResults): Html {
  const columns = rowColumns.filter((name) =>
    name !== "score" && name !== "artifact" && name !== "encoders"
  );
  return downloadLinks(
    studyFiles(study).map((file) =>
      file.name === "rows.csv" ? { ...file, content: rowsCsv(rowLines(study), columns) } : file
    ),
  );
}
