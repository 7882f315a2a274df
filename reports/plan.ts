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
import { layOut } from "@/reports/plan_layout.ts";

// In pixels.
const box = { width: 134, height: 40 };

// One hue from light to dark in both modes.
const colours = ["#e3ebf4", "#0f3763"];
const darkFrom = 0.5;

/** The steps of the study by kind, what reads what, and what each took. */
export async function planPicture({ origins }: StudyResults): Promise<Html> {
  const { groups, edges } = planGroups(origins);
  const longest = Math.max(...groups.map(({ seconds }) => seconds));
  const { width, height, boxes: middles, lines } = layOut(groups.length, edges, box);
  const boxes = groups.map((group, i) => {
    const middle = middles[i]!;
    const darkness = Math.sqrt(group.seconds / longest);
    return {
      x: middle.x - box.width / 2,
      y: middle.y - box.height / 2,
      right: middle.x + box.width / 2,
      bottom: middle.y + box.height / 2,
      middle: middle.y,
      darkness,
      dark: darkness > darkFrom,
      name: groupName(group),
      took: `${plural(group.steps, "step")}, ${duration(group.seconds)}`,
    };
  });
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
        data: { values: lines.flatMap((points, line) => points.map((at) => ({ ...at, line }))) },
        mark: {
          type: "line",
          interpolate: "monotone",
          color: "currentColor",
          opacity: 0.35,
          strokeWidth: 1,
          tooltip: null,
        },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          detail: { field: "line", type: "nominal" },
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
            field: "darkness",
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
  }, { id: "plan-picture", label: "The kinds of steps, and which read what others make" });
  const total = groups.reduce((sum, { seconds }) => sum + seconds, 0);
  return await figure({
    id: "plan-steps",
    title: "The steps by kind",
    rows: groups,
    line: (group) => ({ kind: groupName(group), steps: group.steps, seconds: group.seconds }),
    intro:
      markup`<p>Each box is a kind of step, in the order of execution from left to right; lines lead from what is made to what
reads it. The darker the box, the longer its steps took in total. Added up, the ${
        count(origins.size)
      } steps took ${duration(total)}.</p>
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
      { title: "Total", number: true },
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
