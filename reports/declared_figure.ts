import {
  accuracyCell,
  accuracyRows,
  count,
  type CsvLine,
  type Figure,
  figure,
  fold,
  type Html,
  listing,
  markup,
  percent,
  percentRange,
  pivotTable,
  plural,
  type TableCell,
} from "@/lib/report/mod.ts";
import {
  amountAxis,
  type DeclaredFigure,
  type DerivedNumber,
  type ExperimentResults,
  type FactorName,
  factorOf,
  factorsOf,
  type FigureRow,
  figureRows,
  isOfConditions,
  shows,
  whereTold,
} from "@/lib/results/mod.ts";
import { conditionsFigure } from "@/reports/conditions.ts";
import { declaredPictures } from "@/reports/declared_pictures.ts";
import { placeWord } from "@/reports/names.ts";

/** The figures that an experiment declares, or that what varies in it asks for: pictures, a table, a CSV and lines of `figures.csv`. */
export function declaredFigures(
  declared: readonly DeclaredFigure[],
  results: ExperimentResults,
): readonly Figure[] {
  const titles = declared.map((one) => one.title ?? titleOf(one, results));
  return declared.map((one, i) => {
    const before = titles.slice(0, i).filter((title) => title === titles[i]).length;
    return declaredFigure(one, {
      id: `${results.experiment.id}-figure-${i + 1}`,
      title: before === 0 ? titles[i]! : `${titles[i]} (${before + 1})`,
      results,
    });
  });
}

function declaredFigure(
  declared: DeclaredFigure,
  { id, title, results }: {
    readonly id: string;
    readonly title: string;
    readonly results: ExperimentResults;
  },
): Figure {
  if (isOfConditions(declared)) {
    const rows = accuracyRows(results).filter(({ subject }) => shows(declared, subject));
    return conditionsFigure(rows, { id, title });
  }
  const isTable = declared.figure === "table";
  return figure<FigureRow>({
    id,
    title,
    rows: figureRows(declared, results),
    line: (row) => lineOf(declared, row),
    numbers: (row) => numbersOf(declared, row, title),
    ...!isTable && { encoding: (rows) => declaredPictures(declared, rows, { id, title }) },
    tables: (rows) =>
      isTable ? tablesOf(declared, rows, title) : fold(
        "All numbers as a table, with their intervals",
        tablesOf(declared, rows, title),
      ),
  });
}

/** What its factors say, and which conditions it is about. */
function titleOf(declared: DeclaredFigure, { cells, absent }: ExperimentResults): string {
  const subjects = [...cells.map(({ subject }) => subject), ...absent];
  const factors = isOfConditions(declared)
    ? "condition"
    : listing(factorsOf(declared).map((name) => factorOf(name).title));
  const where = whereTold(declared, subjects);
  return `Accuracy by ${factors}${where === "" ? "" : `: ${where}`}`;
}

/** What a row has of each factor, in words. */
function wordsOf(
  declared: DeclaredFigure,
  { place }: FigureRow,
): readonly (readonly [FactorName, string])[] {
  return (["x", "y", "color", "panel"] as const).flatMap((channel) =>
    declared[channel].map((name, i) => [name, place[channel][i]!] as const)
  );
}

function lineOf(declared: DeclaredFigure, row: FigureRow): readonly CsvLine[] {
  const { estimate } = row;
  if (estimate === undefined) return [];
  return [{
    ...Object.fromEntries(wordsOf(declared, row)),
    seeds: estimate.seeds,
    top1: estimate.value,
    low: estimate.interval.low,
    high: estimate.interval.high,
  }];
}

function numbersOf(
  declared: DeclaredFigure,
  row: FigureRow,
  title: string,
): readonly DerivedNumber[] {
  const { estimate, cells } = row;
  if (estimate === undefined) return [];
  return [{
    figure: title,
    what: wordsOf(declared, row).map(([name, word]) => `${name} ${word}`).join(", "),
    value: estimate.value,
    ...estimate.interval,
    cells,
  }];
}

/** A table for each panel: what stands down the side, and what across. */
function tablesOf(
  declared: DeclaredFigure,
  rows: readonly FigureRow[],
  title: string,
): readonly Html[] {
  const [down, across] = sidesOf(declared);
  const wordsAt = (channel: typeof down, { place }: FigureRow) =>
    placeWord(place[channel]) || accuracy;
  const corner = listing(declared[down].map((name) => factorOf(name).title));
  const measured = rows.filter(({ estimate }) => estimate !== undefined);
  const axis = across === "x" && declared.x.length === 1
    ? amountAxis(declared.x[0]!, measured)
    : null;
  /** A word for an amount, such as 10k, with the amount. */
  const amountOf = (name: string, some: readonly FigureRow[]) => {
    const row = some.find((one) => measured.includes(one));
    const amount = row && axis?.amountOf(row);
    return typeof amount === "number" && `${amount}` !== name ? count(amount) : null;
  };
  return [...Map.groupBy(rows, ({ place }) => placeWord(place.panel))].map(([panel, some]) =>
    markup`${panel !== "" && markup`<h4>${panel}</h4>`}
${
      pivotTable(some, {
        label: panel === "" ? title : `${title}, ${panel}`,
        corner,
        lineOf: (row) => wordsAt(down, row),
        columnOf: (row) => across === null ? accuracy : wordsAt(across, row),
        classes: "sticky",
        title: (name, some) => {
          const amount = amountOf(name, some);
          return amount === null ? name : markup`${name}<small>${axis!.title}: ${amount}</small>`;
        },
        cell: cellOf,
        caption: "Top-1 accuracy in percent, mean over seeds, with 95 % intervals.",
      })
    }`
  );
}

const accuracy = "top-1, %";

/** Which factors stand down the side of a figure's table, and which across. */
function sidesOf({ figure, x, color }: DeclaredFigure) {
  const isOfLines = figure === "lines";
  if (isOfLines) return color.length > 0 ? ["color", "x"] as const : ["x", null] as const;
  const across = figure === "dots" ? "color" : "x";
  return ["y", (figure === "dots" ? color : x).length > 0 ? across : null] as const;
}

function cellOf(row: FigureRow | undefined): TableCell {
  const { estimate, cells = [], subjects = [] } = row ?? {};
  if (estimate === undefined || cells.length === 1) {
    return accuracyCell({ cell: estimate && cells[0], paper: undefined });
  }
  return {
    classes: "",
    content: [
      markup`<span class="value">${percent(estimate.value)}</span>`,
      markup`<span class="interval">${percentRange(estimate.interval)}</span>`,
      markup`<small>mean of ${plural(subjects.length, "condition")}</small>`,
    ],
  };
}
