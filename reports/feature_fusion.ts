import { featureFusion } from "@/experiments/feature_fusion.ts";
import {
  accuracyCell,
  exhibit,
  type Html,
  listing,
  markup,
  points,
  table,
} from "@/lib/report/mod.ts";
import {
  encodersOf,
  type EncoderSubject,
  type EstimatedCell,
  type ExperimentResults,
  meanOf,
  paperValueFor,
} from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { conditionTable } from "@/reports/generic.ts";
import { methodName, paperName } from "@/reports/names.ts";

/** Table 3: every encoder with every other, a matrix for each domain. */
export const featureFusionReport: ExperimentReport = {
  id: featureFusion.id,
  derived: ({ cells }) =>
    cells.flatMap((cell) => {
      const value = gain(cells, cell);
      return value === undefined ? [] : [{
        figure: "Gain over the better of the two encoders alone",
        what: cell.subject.condition,
        value,
      }];
    }),
  figures: (results) => {
    const roles = [...new Set(results.cells.map(({ subject }) => subject.on))];
    return Promise.resolve(exhibit({
      id: `${featureFusion.id}-table-3`,
      title: "Two encoders side by side, by domain",
      data: cellLines(results, results.cells).map((line, i) => ({
        ...line,
        gain: gain(results.cells, results.cells[i]!) ?? null,
      })),
      content:
        markup`<p>On the diagonal each encoder alone; elsewhere both, their features side by side, under one linear probe on
all labels. Signed: what the pair gains over the better of the two alone. The paper’s known cells come from a review in
which two labels stand swapped; they are read here as its other numbers require.</p>
${roles.slice(0, 1).map((on) => matrix(results, on))}
${
          roles.length > 1 &&
          markup`<details><summary>On ${listing(roles.slice(1))}</summary>${
            roles.slice(1).map((on) => matrix(results, on))
          }</details>`
        }
<details><summary>With a replica of the same encoder, and with an untrained one</summary>${
          conditionTable(results)
        }</details>`,
    }));
  },
};

function matrix({ experiment, cells }: ExperimentResults, on: string): Html {
  const own = cells.filter(({ subject }) => subject.on === on);
  const alone = own.filter(({ subject }) => subject.others.length === 0);
  const names = alone.map(({ subject }) => nameOf(subject));
  return markup`<h4>On ${on}${paperName(on) && ` (${paperName(on)})`}</h4>
${
    table({
      label: `Feature fusion on ${on}`,
      classes: "sticky",
      columns: [
        { title: "With" },
        ...alone.map(({ subject }) => ({ title: titleOf(subject), number: true })),
      ],
      rows: names.map((row, i) => ({
        header: titleOf(alone[i]!.subject),
        cells: names.map((column, j) => {
          // Below the diagonal stands what stands above it.
          if (j < i) return { content: "" };
          const cell = findCell(own, { on, names: [row, column] });
          const shown = accuracyCell({
            ours: cell && { ...cell.estimate, cell },
            paper: cell && paperValueFor(experiment.paper, cell.subject)?.value,
          });
          const gained = cell && gain(own, cell);
          return gained === undefined ? shown : {
            ...shown,
            content: markup`${shown.content}<small class="gain">${points(gained)}</small>`,
          };
        }),
      })),
    })
  }`;
}

/** The cell of one or two encoders on a domain. */
function findCell(
  cells: readonly EstimatedCell[],
  { on, names }: { readonly on: string; readonly names: readonly string[] },
): EstimatedCell | undefined {
  return cells.find(({ subject }) => {
    const has = encodersOf(subject).map(nameOf);
    return subject.on === on && has.length === new Set(names).size &&
      names.every((name) => has.includes(name));
  });
}

/** What a pair adds to the better of its two encoders alone, on the same domain; nothing for what is no pair. */
function gain(cells: readonly EstimatedCell[], pair: EstimatedCell): number | undefined {
  const { subject } = pair;
  if (subject.others.length === 0) return undefined;
  const alone = encodersOf(subject).map((one) =>
    findCell(cells, { on: subject.on, names: [nameOf(one)] })
  );
  if (alone.includes(undefined)) return undefined;
  return accuracy(pair) - Math.max(...alone.map((one) => accuracy(one!)));
}

/** An encoder's name over two lines, so that six columns fit. */
function titleOf({ method, pretrain }: EncoderSubject): Html {
  return markup`${methodName(method)}<small>${pretrain}</small>`;
}

function nameOf({ method, pretrain, replica }: EncoderSubject): string {
  return `${methodName(method)}, ${pretrain}, ${replica}`;
}

function accuracy({ rows }: EstimatedCell): number {
  return meanOf(rows.map(({ value }) => value));
}
