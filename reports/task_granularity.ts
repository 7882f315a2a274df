import { granularityCurves } from "@/experiments/paper/figure_5.ts";
import { taskGranularity } from "@/experiments/task_granularity.ts";
import { chart, count, exhibit, type Html, markup, plural, table } from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import { cellLines } from "@/reports/cell_lines.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { conditionTable } from "@/reports/generic.ts";
import { methodColour, methodName, paperName } from "@/reports/names.ts";

const shown = ["supervised", "simclr", "moco"] as const;

/** A method's accuracy at a level. */
interface Point {
  readonly method: string;
  /** The level's place in the tree, the coarsest 0. */
  readonly at: number;
  /** The level in words, with its classes where they are known. */
  readonly level: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Fig 5: accuracy by the level of the label tree, and the gap between supervised training and SimCLR. */
export const taskGranularityReport: ExperimentReport = {
  id: taskGranularity.id,
  figures: async (results) => {
    const figures = [];
    for (const role of Object.keys(granularityCurves) as (keyof typeof granularityCurves)[]) {
      const title = `${role} (${paperName(role)})`;
      const id = `${results.experiment.id}-${role}`;
      figures.push(markup`<div class="pair">${[
        await panel(ourPoints(results, role), { id, who: "Ours", title }),
        await panel(paperPoints(role), { id: `${id}-paper`, who: "The paper’s", title }),
      ]}</div>
`);
    }
    return exhibit({
      id: `${results.experiment.id}-fig-5`,
      title: "Accuracy from the coarsest level to the finest",
      data: cellLines(results, results.cells),
      content:
        markup`<p>Trained on the finest labels alone; predictions are rolled up the label tree. The levels of our data are not the
paper’s: compare how the lines part, not level with level.</p>
${key}<div class="columns">${figures}</div>
<details><summary>All numbers of these figures</summary>${
          conditionTable(results)
        }${paperTable()}</details>`,
    });
  },
};

const key = markup`<ul class="key lines">${
  shown.map((method) =>
    markup`<li><span class="swatch" style="color: ${
      methodColour(method)
    }" aria-hidden="true"></span>${methodName(method)}</li>`
  )
}</ul>
`;

function ourPoints({ cells }: ExperimentResults, role: string): readonly Point[] {
  const own = cells.filter(({ subject }) => subject.on === role);
  return [...Map.groupBy(own, ({ subject }) => subject.condition).values()].flatMap((levels) =>
    // Scored finest first, drawn coarsest first.
    levels.toReversed().map((cell, at): Point => {
      const { value, interval } = cell.estimate;
      return {
        method: cell.subject.method,
        at,
        level: `${cell.subject.level} (${count(cell.rows[0]!.classes)})`,
        value: 100 * value,
        low: 100 * interval.low,
        high: 100 * interval.high,
      };
    })
  );
}

function paperPoints(role: keyof typeof granularityCurves): readonly Point[] {
  const { classes, ...curves } = granularityCurves[role];
  return Object.entries(curves).flatMap(([method, values]) =>
    values.map((one, at): Point => {
      const known = classes[at];
      const value = 100 * one;
      const level = typeof known === "number" ? `${at} (${count(known)})` : `${at}`;
      return { method, at, level, value, low: value, high: value };
    })
  );
}

/** The paper's curves, whose levels are not ours. */
function paperTable(): Html {
  const roles = Object.keys(granularityCurves) as (keyof typeof granularityCurves)[];
  return table({
    label: "The paper’s accuracies by level",
    columns: [{ title: "The paper’s" }, { title: "Level" }, { title: "Top-1, %", number: true }],
    rows: roles.flatMap((role) =>
      paperPoints(role).map(({ method, level, value }) => ({
        header: `${role} (${paperName(role)}), ${methodName(method)}`,
        cells: [{ content: level }, { content: value.toFixed(1), classes: "number" }],
      }))
    ),
    caption:
      "Top-1 in percent, read off the paper’s Fig 5; levels from the coarsest, with their classes where known.",
  });
}

async function panel(
  points: readonly Point[],
  { id, who, title }: { readonly id: string; readonly who: string; readonly title: string },
): Promise<Html | null> {
  if (points.length === 0) return null;
  const methods = [...new Set(points.map(({ method }) => method))];
  const levels = [...new Map(points.map(({ at, level }) => [at, level])).entries()]
    .toSorted(([a], [b]) => a - b).map(([, level]) => level);
  const x = {
    field: "level",
    type: "ordinal" as const,
    sort: levels,
    title: "level (classes)",
    axis: { labelAngle: -40, grid: false, labelOverlap: levels.length > 8 },
  };
  const color = {
    field: "method",
    type: "nominal" as const,
    scale: { domain: methods, range: methods.map(methodColour) },
    legend: null,
  };
  const drawn = await chart({
    width: 235,
    height: 180,
    data: { values: [...points] },
    layer: [
      {
        mark: { type: "rule", opacity: 0.5 },
        encoding: {
          x,
          y: {
            field: "low",
            type: "quantitative",
            title: "top-1, %",
            scale: { domain: [0, 100] },
          },
          y2: { field: "high" },
          color,
        },
      },
      {
        mark: { type: "line", strokeWidth: 2 },
        encoding: { x, y: { field: "value", type: "quantitative" }, color },
      },
      {
        mark: { type: "point", filled: true, size: 28, opacity: 1 },
        encoding: { x, y: { field: "value", type: "quantitative" }, color },
      },
    ],
  }, {
    id,
    label: `${who}, ${title}: top-1 accuracy from the coarsest to the finest of ${
      plural(levels.length, "level")
    }, ${methods.map(methodName).join(", ")}`,
  });
  return markup`<figure>${drawn}<figcaption><strong>${title}</strong>, ${who.toLowerCase()}</figcaption></figure>
`;
}
