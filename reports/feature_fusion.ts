import { featureFusion } from "@/experiments/feature_fusion.ts";
import { accuracyCell, type Html, markup, points, table } from "@/lib/report/mod.ts";
import {
  encodersOf,
  type EncoderSubject,
  estimate,
  type ExperimentResults,
  meanOf,
  paperValueFor,
  type ResampledCell,
} from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { methodName, paperName } from "@/reports/names.ts";
import { tally } from "@/reports/tally.ts";

/** Table 3: every encoder with every other, a matrix for each domain. */
export const featureFusionReport: ExperimentReport = {
  id: featureFusion.id,
  answer: ({ judgements }) => {
    const of = (number: number) => judgements.filter(({ claim }) => claim.number === number);
    return `Adding SimCLR of another domain to SimCLR of the task’s own changes less than 2 points: ${
      tally(of(13))
    }. Supervised features change more, by the direction: ${tally(of(14))}.`;
  },
  figures: (results) => {
    const roles = [...new Set(results.cells.map(({ subject }) => subject.on))];
    return Promise.resolve(markup`<h3>Two encoders side by side, by domain</h3>
<p>On the diagonal each encoder alone; elsewhere both, their features side by side, under one linear probe on
all labels. Signed: what the pair gains over the better of the two alone. The paper’s known cells come from a review in
which two labels stand swapped; they are read here as its other numbers require.</p>
${roles.map((on) => matrix(results, on))}`);
  },
};

function matrix({ experiment, cells }: ExperimentResults, on: string): Html {
  const own = cells.filter(({ subject }) => subject.on === on);
  const alone = own.filter(({ subject }) => subject.others.length === 0);
  const names = alone.map(({ subject }) => nameOf(subject));
  const find = (wanted: readonly string[]) =>
    own.find(({ subject }) => {
      const has = encodersOf(subject).map(nameOf);
      return has.length === new Set(wanted).size && wanted.every((name) => has.includes(name));
    });
  return markup`<h4>On ${on}${paperName(on) && ` (${paperName(on)})`}</h4>
${
    table({
      label: `Feature fusion on ${on}`,
      classes: "sticky",
      columns: [
        { title: "With" },
        ...names.map((title) => ({ title, number: true })),
      ],
      rows: names.map((row, i) => ({
        header: row,
        cells: names.map((column, j) => {
          // Below the diagonal stands what stands above it.
          if (j < i) return { content: "" };
          const cell = find([row, column]);
          const shown = accuracyCell({
            ours: cell && { ...estimate(cell), cell },
            paper: cell && paperValueFor(experiment.paper, cell.subject)?.value,
          });
          if (cell === undefined || i === j) return shown;
          const singles = [row, column].map((name) => find([name]));
          return singles.includes(undefined) ? shown : {
            ...shown,
            content: markup`${shown.content}<small class="gain">${
              points(accuracy(cell) - Math.max(...singles.map((one) => accuracy(one!))))
            }</small>`,
          };
        }),
      })),
    })
  }`;
}

function nameOf({ method, pretrain }: EncoderSubject): string {
  return `${methodName(method)}, ${pretrain}`;
}

function accuracy({ rows }: ResampledCell): number {
  return meanOf(rows.map(({ value }) => value));
}
