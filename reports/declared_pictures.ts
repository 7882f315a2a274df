import {
  count,
  dots,
  heatMap,
  lines,
  listing,
  lowestShare,
  type Panel,
  type Pictures,
  plural,
  pointOf,
  relativeToBest,
  type Series,
  seriesSeen,
} from "@/lib/report/mod.ts";
import {
  amountAxis,
  type DeclaredFigure,
  type Estimate,
  type FactorName,
  factorOf,
  type FigureRow,
  taskFactors,
} from "@/lib/results/mod.ts";
import { isMethod, methodLook, placeWord } from "@/reports/names.ts";

/** A row that was measured. */
type Measured = FigureRow & { readonly estimate: Estimate };

/** What a picture is called, and the words that it is labelled with. */
interface Named {
  readonly id: string;
  readonly title: string;
}

/** A declared figure as pictures, one for each value of its panel. */
export function declaredPictures(
  declared: DeclaredFigure,
  rows: readonly FigureRow[],
  named: Named,
): Pictures {
  const measured = rows.filter((row): row is Measured => row.estimate !== undefined);
  switch (declared.figure) {
    case "lines":
      return linesOf(declared, measured, named);
    case "dots":
      return dotsOf(declared, measured, named);
    case "heat":
      return heatOf(declared, measured, named);
    case "table":
      return { groups: [] };
  }
}

/** Pictures side by side, one for each value of the panel. */
function panelled(
  rows: readonly Measured[],
  { id, title }: Named,
  panel: (rows: readonly Measured[]) => { readonly spec: Panel["spec"]; readonly shows: string },
): Pictures["groups"] {
  const panels = [...Map.groupBy(rows, ({ place }) => placeWord(place.panel))];
  return [panels.map(([name, some], i): Panel => {
    const { spec, shows } = panel(some);
    return {
      id: `${id}-chart-${i + 1}`,
      label: `${title}${
        name === "" ? "" : `, ${name}`
      }: ${shows}; the numbers are in the table below`,
      caption: name,
      spec,
    };
  })];
}

/** A row as it is drawn in a picture of points: its series, how that looks, and its places along the axis. */
interface Drawn {
  readonly row: Measured;
  readonly series: string;
  /** What has the same colour: a method, or other words. */
  readonly kind: string;
  readonly isLevel: boolean;
  readonly at: readonly (number | string)[];
}

function linesOf(declared: DeclaredFigure, rows: readonly Measured[], named: Named): Pictures {
  const [name] = declared.x as readonly [FactorName];
  const axis = amountAxis(name, rows), across = axis?.title ?? factorOf(name).title;
  const amounts = rows.flatMap((row) => axis?.amountOf(row) ?? []);
  const ends = [Math.min(...amounts), Math.max(...amounts)];
  const drawn = rows.map((row): Drawn => {
    const { color, x } = row.place, own = placeWord(color), amount = axis?.amountOf(row);
    // What has no amount is as good at each.
    if (amount === null) {
      const word = placeWord(x), isNamed = own.split(", ").includes(word);
      const series = isNamed ? own : [own, word].filter(Boolean).join(", ");
      return { row, series, kind: `${color.length > 0 ? color : x}`, isLevel: true, at: ends };
    }
    const at = amount ?? wordAt(name, row);
    return { row, series: own || across, kind: `${color}`, isLevel: false, at: [at] };
  });
  const series = looksOf(drawn);
  // Levels are scored from the finest on.
  const inOrder = name === "level" ? drawn.toReversed() : drawn;
  return {
    ...series.length > 1 && { series },
    groups: panelled(rows, named, (some) => {
      const points = inOrder.filter(({ row }) => some.includes(row)).flatMap(pointsOf);
      return {
        spec: lines(points, { series, across, up: "top-1, %", zero: false }),
        shows: `top-1 accuracy by ${across}, ${plural(seriesSeen(series, points).length, "line")}`,
      };
    }),
  };
}

function wordAt(name: FactorName, { place, cells }: Measured): string {
  const word = placeWord(place.x);
  return name === "level" ? `${word} (${count(cells[0]!.rows[0]!.classes)})` : word;
}

function dotsOf(declared: DeclaredFigure, rows: readonly Measured[], named: Named): Pictures {
  const drawn = rows.map((row): Drawn => {
    const { color, y } = row.place;
    const series = placeWord(color) || "top-1";
    return { row, series, kind: `${color}`, isLevel: false, at: [placeWord(y)] };
  });
  const series = looksOf(drawn);
  return {
    ...series.length > 1 && { series },
    groups: panelled(rows, named, (some) => ({
      spec: dots(drawn.filter(({ row }) => some.includes(row)).flatMap(pointsOf), {
        series,
        across: "top-1, %",
        down: titleOf(declared.y),
      }),
      shows: `top-1 accuracy of ${plural(some.length, "dot")}`,
    })),
  };
}

function pointsOf({ row, series, at }: Drawn) {
  return at.map((one) => pointOf({ series, at: one }, row.estimate));
}

function heatOf(declared: DeclaredFigure, rows: readonly Measured[], named: Named): Pictures {
  const within = declared.x.some((name) => taskFactors.includes(name)) ? "column" : "all";
  const cellOf = ({ place, estimate: { value } }: Measured) => ({
    row: placeWord(place.y),
    column: placeWord(place.x),
    value,
    framed: false,
  });
  const namesOf = (some: readonly string[]) => [...new Set(some)];
  return {
    groups: panelled(rows, named, (some) => {
      const cells = some.map(cellOf);
      return {
        spec: heatMap(cells, {
          rows: namesOf(cells.map(({ row }) => row)),
          columns: namesOf(cells.map(({ column }) => column)),
          lowest: lowestShare(relativeToBest(cells, within).map(({ ofBest }) => ofBest)),
          rowTitle: titleOf(declared.y),
          columnTitle: titleOf(declared.x),
          within,
        }),
        shows: `heat map of top-1 accuracy, ${titleOf(declared.y)} by ${titleOf(declared.x)}`,
      };
    }),
  };
}

function titleOf(names: readonly FactorName[]): string {
  return listing(names.map((name) => factorOf(name).title));
}

// For what is no method: apart from each other on light and dark grounds, and without red beside green.
const colours = [
  "#3b6fd4",
  "#d4662f",
  "#2fa98c",
  "#9a5fc7",
  "#c79a1e",
  "#2e9bc4",
  "#c9518a",
  "#7a8b2f",
];

/** How each series is drawn: methods as everywhere, anything else by its turn, level lines dashed. */
function looksOf(drawn: readonly Drawn[]): readonly Series[] {
  const kinds = [...new Set(drawn.map(({ kind }) => kind))].filter((kind) => !isMethod(kind));
  const looks = drawn.map(({ series, kind, isLevel }): Series => ({
    name: series,
    colour: isMethod(kind)
      ? methodLook(kind).colour
      : colours[kinds.indexOf(kind) % colours.length]!,
    dashed: isLevel || kinds.indexOf(kind) >= colours.length,
  }));
  return [...new Map(looks.map((look) => [look.name, look])).values()];
}
