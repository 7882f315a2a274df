import { granularityCurves } from "@/experiments/paper/figure_5.ts";
import { taskGranularity } from "@/experiments/task_granularity.ts";
import {
  accuracyLine,
  accuracyRows,
  conditionTable,
  count,
  figure,
  fold,
  type Html,
  lines,
  markup,
  type MeasuredRow,
  measuredRows,
  oursAndPapers,
  type Panel,
  plural,
  type Point,
  pointOf,
  seriesSeen,
  table,
} from "@/lib/report/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { methodLook, methodName, paperName } from "@/reports/names.ts";

type Role = keyof typeof granularityCurves;
const roles = Object.keys(granularityCurves) as readonly Role[];
const titleOf = (role: Role) => `${role} (${paperName(role)})`;
const series = ["supervised", "simclr", "moco"].map(methodLook);

/** Fig 5: accuracy by the level of the label tree, and the gap between supervised training and SimCLR. */
export const taskGranularityReport: ExperimentReport = {
  id: taskGranularity.id,
  figures: (results) => [figure<MeasuredRow>({
    id: `${taskGranularity.id}-fig-5`,
    title: "Accuracy from the coarsest level to the finest",
    rows: measuredRows(results),
    line: accuracyLine,
    intro:
      markup`<p>Trained on the finest labels only; predictions are rolled up the label tree. Our levels are not the paper’s:
compare how the lines diverge, not level by level.</p>
`,
    encoding: (rows) => ({ series, groups: roles.map((role) => panels(rows, role)) }),
    tables: () =>
      fold(
        "All numbers in these figures",
        markup`${conditionTable(accuracyRows(results))}${paperTable()}`,
      ),
  })],
};

/** A point for each level, the coarsest first in all lines. */
function ourPoints(rows: readonly MeasuredRow[], role: string): readonly Point[] {
  const own = rows.filter(({ subject }) => subject.on === role);
  return [...Map.groupBy(own, ({ subject }) => subject.condition).values()].flatMap((levels) =>
    // Scored finest first.
    levels.toReversed().map(({ subject, cell }, place) => ({
      place,
      point: pointOf({
        series: methodName(subject.method),
        at: `${subject.level} (${count(cell.rows[0]!.classes)})`,
      }, cell.estimate),
    }))
  ).toSorted((a, b) => a.place - b.place).map(({ point }) => point);
}

function paperPoints(role: Role): readonly Point[] {
  const { classes, ...curves } = granularityCurves[role];
  return Object.entries(curves).flatMap(([method, values]) =>
    values.map((value, level) => {
      const known = classes[level];
      const at = typeof known === "number" ? `${level} (${count(known)})` : `${level}`;
      return pointOf({ series: methodName(method), at }, { value });
    })
  );
}

/** The paper's curves, whose levels are not ours. */
function paperTable(): Html {
  return table({
    label: "The paper’s accuracies by level",
    columns: [{ title: "The paper’s" }, { title: "Level" }, { title: "Top-1, %", number: true }],
    rows: roles.flatMap((role) =>
      paperPoints(role).map(({ series, at, value }) => ({
        header: `${titleOf(role)}, ${series}`,
        cells: [at, value.toFixed(1)],
      }))
    ),
    caption:
      "Top-1 in percent, read off the paper’s Fig 5; levels from the coarsest, with their number of classes where known.",
  });
}

function panels(rows: readonly MeasuredRow[], role: Role): readonly Panel[] {
  const title = titleOf(role);
  return oursAndPapers({
    id: `${taskGranularity.id}-${role}`,
    ours: ourPoints(rows, role),
    papers: paperPoints(role),
    panel: (points, who) => ({
      label: `${who}, ${title}: top-1 accuracy from the coarsest to the finest of ${
        plural(new Set(points.map(({ at }) => at)).size, "level")
      }, ${seriesSeen(series, points).map(({ name }) => name).join(", ")}`,
      caption: markup`<strong>${title}</strong>, ${who.toLowerCase()}`,
      spec: lines(points, { series, across: "level (classes)", up: "top-1, %", top: 100 }),
    }),
  });
}
