import {
  chart,
  count,
  duration,
  figure,
  fold,
  type Html,
  markup,
  plural,
  table,
} from "@/lib/report/mod.ts";
import { type PlanGroup, planGroups, type StudyResults } from "@/lib/results/mod.ts";
import { methodName } from "@/reports/names.ts";

// Pixels: of a box, and from one to the next.
const box = { width: 134, height: 40 }, step = { x: 164, y: 54 };

// One hue from light to dark in both modes.
const colours = ["#e3ebf4", "#0f3763"];
const darkFrom = 0.5;

/** The steps of the study by kind, what reads what, and what each took. */
export async function planPicture({ origins }: StudyResults): Promise<Html> {
  const { groups, edges } = planGroups(origins);
  const longest = Math.max(...groups.map(({ seconds }) => seconds));
  const columns = Map.groupBy(groups, ({ depth }) => depth);
  const tallest = Math.max(...[...columns.values()].map((some) => some.length));
  const boxes = groups.map((group) => {
    const column = columns.get(group.depth)!;
    const x = group.depth * step.x;
    // Each column stands in the middle.
    const y = (column.indexOf(group) + (tallest - column.length) / 2) * step.y;
    const share = Math.sqrt(group.seconds / longest);
    return {
      x,
      y,
      right: x + box.width,
      bottom: y + box.height,
      middle: y + box.height / 2,
      share,
      dark: share > darkFrom,
      name: groupName(group),
      took: `${plural(group.steps, "step")}, ${duration(group.seconds)}`,
    };
  });
  const width = (columns.size - 1) * step.x + box.width;
  const height = (tallest - 1) * step.y + box.height;
  const scaleOf = (size: number) => ({ domain: [0, size], nice: false, zero: false });
  const x = { type: "quantitative" as const, axis: null, scale: scaleOf(width) };
  const y = {
    type: "quantitative" as const,
    axis: null,
    scale: { ...scaleOf(height), reverse: true },
  };
  const ink = {
    condition: { test: "datum.dark", value: "#ffffff" },
    value: "#14181d",
  };
  const drawn = await chart({
    width,
    height,
    layer: [
      {
        data: {
          values: edges.map(([from, to]) => ({
            x: boxes[from]!.right,
            y: boxes[from]!.middle,
            toX: boxes[to]!.x,
            toY: boxes[to]!.middle,
          })),
        },
        mark: { type: "rule", opacity: 0.35, tooltip: null },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          x2: { field: "toX" },
          y2: { field: "toY" },
        },
      },
      {
        data: { values: boxes },
        mark: { type: "rect", cornerRadius: 4 },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          x2: { field: "right" },
          y2: { field: "bottom" },
          color: {
            field: "share",
            type: "quantitative",
            scale: { domain: [0, 1], range: colours },
            legend: null,
          },
          tooltip: [{ field: "name", title: "step" }, { field: "took" }],
        },
      },
      ...(["name", "took"] as const).map((field, line) => ({
        data: { values: boxes },
        mark: {
          type: "text" as const,
          align: "left" as const,
          dx: 8,
          dy: line === 0 ? -8 : 8,
          fontSize: line === 0 ? 12 : 10,
          tooltip: null,
        },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "middle" },
          text: { field, type: "nominal" as const },
          color: ink,
        },
      })),
    ],
  }, { id: "plan-picture", label: "The kinds of steps, and which read what others made" });
  const total = groups.reduce((sum, { seconds }) => sum + seconds, 0);
  return await figure({
    id: "plan-steps",
    title: "The steps by kind",
    rows: groups,
    line: (group) => ({ kind: groupName(group), steps: group.steps, seconds: group.seconds }),
    intro:
      markup`<p>Each box is a kind of step, from left to right in the order in which they can be worked; a line leads from what
is made to what reads it. The darker, the longer all steps of the kind took together. One after another, the ${
        count(origins.size)
      } steps took ${duration(total)} of work.</p>
<div class="scroll wide" role="region" aria-label="The plan as a picture" tabindex="0">${drawn}</div>
`,
    tables: (rows) => fold("The same as a table", groupTable(rows)),
  }).draw();
}

function groupTable(groups: readonly PlanGroup[]): Html {
  return table({
    label: "Steps by kind",
    columns: [
      { title: "Kind" },
      { title: "Steps", number: true },
      { title: "Took", number: true },
      { title: "Each", number: true },
    ],
    rows: groups.map((group) => ({
      header: groupName(group),
      cells: [count(group.steps), duration(group.seconds), duration(group.seconds / group.steps)],
    })),
  });
}

function groupName({ kind, method }: PlanGroup): string {
  return method === null ? kind : method === "none" ? "untrained" : methodName(method);
}
