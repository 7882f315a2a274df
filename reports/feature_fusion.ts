import { featureFusion } from "@/experiments/feature_fusion.ts";
import {
  accuracyCell,
  accuracyLine,
  accuracyRows,
  conditionTable,
  figure,
  fold,
  type Html,
  listing,
  markup,
  type MeasuredRow,
  measuredRows,
  pivotTable,
  points,
} from "@/lib/report/mod.ts";
import {
  encodersOf,
  type EncoderSubject,
  type ExperimentResults,
  meanOf,
} from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { methodName, paperName } from "@/reports/names.ts";

/** One or two encoders on a domain. */
interface FusionRow extends MeasuredRow {
  /** The encoders by name. */
  readonly names: readonly string[];
  /** What a pair adds to the better of its two encoders alone; `undefined` for what is no pair. */
  readonly gain: number | undefined;
  /** The pair and its two encoders alone, where there is a gain. */
  readonly compared: readonly MeasuredRow["cell"][];
}

/** Table 3: every encoder with every other, a matrix for each domain. */
export const featureFusionReport: ExperimentReport = {
  id: featureFusion.id,
  figures: (results) => [figure({
    id: `${featureFusion.id}-table-3`,
    title: "Two encoders side by side, by domain",
    rows: fusionRows(results),
    line: (row) => accuracyLine(row).map((line) => ({ ...line, gain: row.gain ?? null })),
    numbers: ({ subject, gain, compared }) =>
      gain === undefined ? [] : {
        figure: "Gain over the better of the two encoders alone",
        what: subject.condition,
        value: gain,
        cells: compared,
      },
    intro:
      markup`<p>Diagonal: each encoder alone. Elsewhere: the features of both, concatenated, under one linear probe on all
labels; the signed number is what the pair gains over the better of the two alone. The paper’s known cells come from a
review in which two labels are swapped; they are read here as its other numbers require.</p>
`,
    tables: (rows) => {
      const [first, ...rest] = [...Map.groupBy(rows, ({ subject }) => subject.on).values()];
      return markup`${first && matrix(first)}
${
        rest.length > 0 &&
        fold(`On ${listing(rest.map(([row]) => row!.subject.on))}`, rest.map(matrix))
      }${
        fold(
          "With a replica of the same encoder, and with an untrained one",
          conditionTable(accuracyRows(results)),
        )
      }`;
    },
  })],
};

function fusionRows(results: ExperimentResults): readonly FusionRow[] {
  const rows = measuredRows(results)
    .map((row) => ({ ...row, names: encodersOf(row.subject).map(nameOf) }));
  return rows.map((row): FusionRow => {
    const alone = row.names.map((name) =>
      rows.find(({ subject, names }) =>
        subject.on === row.subject.on && names.length === 1 && names[0] === name
      )
    ).filter((one) => one !== undefined);
    return row.names.length > 1 && alone.length === row.names.length
      ? {
        ...row,
        gain: accuracy(row) - Math.max(...alone.map(accuracy)),
        compared: [row, ...alone].map(({ cell }) => cell),
      }
      : { ...row, gain: undefined, compared: [] };
  });
}

/** The encoders of a domain alone and by two; below the diagonal stands what stands above it. */
function matrix(rows: readonly FusionRow[]): Html {
  const { on } = rows[0]!.subject;
  const alone = rows.filter(({ names }) => names.length === 1);
  const order = alone.map(({ names }) => names[0]!);
  const titles = new Map(alone.map(({ names, subject }) => [names[0]!, titleOf(subject)]));
  const pairs = rows.filter(({ names }) =>
    names.length > 1 && names.every((name) => titles.has(name))
  );
  const inOrder = ({ names }: FusionRow) =>
    names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return markup`<h4>On ${on}${paperName(on) && ` (${paperName(on)})`}</h4>
${
    pivotTable([...alone, ...pairs], {
      label: `Feature fusion on ${on}`,
      classes: "sticky",
      corner: "With",
      lineOf: (row) => inOrder(row)[0]!,
      columnOf: (row) => inOrder(row).at(-1)!,
      columns: order,
      header: (name) => titles.get(name),
      title: (name) => titles.get(name),
      cell: (row, { line, column }) => {
        if (order.indexOf(column) < order.indexOf(line)) return "";
        const shown = accuracyCell(row);
        return row?.gain === undefined ? shown : {
          ...shown,
          content: markup`${shown.content}<small class="gain">${points(row.gain)}</small>`,
        };
      },
    })
  }`;
}

/** An encoder's name over two lines, so that six columns fit. */
function titleOf({ method, pretrain }: EncoderSubject): Html {
  return markup`${methodName(method)}<small>${pretrain}</small>`;
}

function nameOf({ method, pretrain, replica }: EncoderSubject): string {
  return `${methodName(method)}, ${pretrain}, ${replica}`;
}

function accuracy({ cell }: MeasuredRow): number {
  return meanOf(cell.rows.map(({ value }) => value));
}
