import type { TopLevelSpec } from "vega-lite";
import { chart, type ChartName } from "@/lib/report/chart.ts";
import type { CsvLine } from "@/lib/report/csv_link.ts";
import { exhibit } from "@/lib/report/exhibit.ts";
import { type Cited, type Content, type Html, markup } from "@/lib/report/html.ts";
import { type Series, seriesKey } from "@/lib/report/series.ts";
import type { DerivedNumber } from "@/lib/results/mod.ts";

/** A picture, drawn from a specification, and what stands below it. */
export interface Panel extends ChartName {
  readonly spec: TopLevelSpec;
  readonly caption: Content;
}

/** Pictures in groups, each group side by side, and what the colours mean in all of them. */
export interface Pictures {
  readonly series?: readonly Series[];
  readonly groups: readonly (readonly Panel[])[];
  /** `"pair"` for two of a reading size, unless given; `"alone"` for one that is larger. */
  readonly layout?: "pair" | "small-multiples" | "alone";
}

/** What a figure is made of: its rows, and how they are drawn, told and saved. */
export interface FigureParts<R> extends Cited {
  /** Its numbers, each listed once. */
  readonly rows: readonly R[];
  /** A row in the CSV beside the figure; all lines have the same names. */
  readonly line: (row: R) => CsvLine | readonly CsvLine[];
  /** What a row adds to `figures.csv`; nothing unless given. */
  readonly numbers?: (row: R) => DerivedNumber | readonly DerivedNumber[];
  /** What stands above pictures and tables. */
  readonly intro?: Content;
  /** The rows as pictures. */
  readonly encoding?: (rows: readonly R[]) => Pictures;
  /** The rows in words, for who cannot see the pictures. */
  readonly tables: (rows: readonly R[]) => Content;
  /** Under which words all of it folds away. */
  readonly folded?: string | undefined;
}

/** A figure or table of the page. */
export interface Figure extends Cited {
  /** Its numbers as `figures.csv` has them. */
  readonly numbers: readonly DerivedNumber[];
  readonly draw: () => Promise<Html>;
}

/** A figure: pictures, tables, the CSV beside them and the lines of `figures.csv`, all of the same rows. */
export function figure<R>(parts: FigureParts<R>): Figure {
  const { id, title, rows, line, numbers = () => [], intro, encoding, tables, folded } = parts;
  return {
    id,
    title,
    numbers: rows.flatMap(numbers),
    draw: async () => {
      const pictures = encoding && await drawPictures(encoding(rows));
      const content = markup`${intro}${pictures}${tables(rows)}`;
      return exhibit({
        id,
        title,
        data: rows.flatMap(line),
        content: folded === undefined ? content : fold(folded, content),
      });
    },
  };
}

/** What opens on demand, and in print. */
export function fold(summary: Content, content: Content): Html {
  return markup`<details><summary>${summary}</summary>
${content}</details>
`;
}

/** Ours beside the paper's, alike but on axes of their own; one that has nothing to show is left out. */
export function oursAndPapers<P>({ id, ours, papers, panel }: {
  readonly id: string;
  readonly ours: readonly P[];
  readonly papers: readonly P[];
  readonly panel: (shown: readonly P[], who: "Ours" | "The paper’s") => Omit<Panel, "id">;
}): readonly Panel[] {
  return [
    ...ours.length > 0 ? [{ id, ...panel(ours, "Ours") }] : [],
    ...papers.length > 0 ? [{ id: `${id}-paper`, ...panel(papers, "The paper’s") }] : [],
  ];
}

async function drawPictures({ series, groups, layout = "pair" }: Pictures): Promise<Html> {
  const drawn = await Promise.all(
    groups.map(async (panels) =>
      markup`<div class="${layout}">${await Promise.all(panels.map(drawPanel))}</div>
`
    ),
  );
  return markup`${series && seriesKey(series)}${
    layout === "pair" && drawn.length > 1 ? markup`<div class="columns">${drawn}</div>` : drawn
  }`;
}

async function drawPanel({ spec, caption, ...name }: Panel): Promise<Html> {
  return markup`<figure>${await chart(spec, name)}<figcaption>${caption}</figcaption></figure>
`;
}
