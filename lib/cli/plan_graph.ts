import { duration } from "@/lib/base/duration.ts";
import type { GraphLanguage } from "@/lib/cli/options.ts";
import { stateOf } from "@/lib/cli/plan_groups.ts";
import { plural } from "@/lib/base/plural.ts";
import type { Study } from "@/lib/cli/study.ts";
import { groupSteps, type Step } from "@/lib/plan/mod.ts";

/** What a picture of a plan is made of. */
type Pictured = Pick<Study, "plan" | "status" | "expected" | "underWay">;

/** A box of the picture. */
interface Box {
  readonly lines: readonly string[];
  readonly toWork: boolean;
}

/** Boxes, and by their places which read what others make. */
interface Picture {
  readonly boxes: readonly Box[];
  readonly edges: readonly (readonly [number, number])[];
}

// More boxes than these cannot be read.
const mostSteps = 60;

// Of what is to be worked; what is there is white.
const colour = { fill: "#fde9c8", line: "#8a5a00", ink: "#14181d" };

/** A plan as a picture: each step of a small one, the kinds of work of any other, with what of them is to be worked. */
export function planGraph(study: Pictured, language: GraphLanguage): string {
  const picture = study.plan.steps.length <= mostSteps ? ofSteps(study) : ofGroups(study);
  return language === "dot" ? inDot(picture) : inMermaid(picture);
}

function ofSteps({ plan: { steps }, status, expected, underWay }: Pictured): Picture {
  const places = new Map(steps.map(({ key }, i) => [key, i]));
  return {
    boxes: steps.map(({ key, kind, label }) => {
      const state = status.get(key)!, toWork = state.freshness !== "cached";
      const told = toWork
        ? `${stateOf(state, underWay.get(key))}, about ${duration(expected.seconds.get(key)!)}`
        : "cached";
      return { lines: [kind, label, told], toWork };
    }),
    edges: steps.flatMap(({ key, needs }) =>
      [...new Set(Object.values(needs))].map((need) =>
        [places.get(need)!, places.get(key)!] as const
      )
    ),
  };
}

function ofGroups({ plan, status, expected }: Pictured): Picture {
  const { groups, edges } = groupSteps(plan.steps);
  const left = (steps: readonly Step[]) =>
    steps.filter(({ key }) => status.get(key)!.freshness !== "cached");
  return {
    boxes: groups.map(({ kind, method, steps }) => {
      const own = left(steps);
      const seconds = own.reduce((sum, { key }) => sum + expected.seconds.get(key)!, 0);
      const told = own.length === 0
        ? "all cached"
        : `${own.length} to run, about ${duration(seconds)} on one core`;
      return {
        lines: [method === null ? kind : `${kind} ${method}`, plural(steps.length, "step"), told],
        toWork: own.length > 0,
      };
    }),
    edges,
  };
}

function inDot({ boxes, edges }: Picture): string {
  const text = (lines: readonly string[]) =>
    `"${lines.map((line) => line.replace(/["\\]/g, "\\$&")).join("\\n")}"`;
  return [
    "digraph plan {",
    "  rankdir=LR;",
    `  node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="sans-serif"];`,
    ...boxes.map(({ lines, toWork }, i) => {
      const filled = toWork ? `, fillcolor="${colour.fill}", color="${colour.line}"` : "";
      return `  n${i} [label=${text(lines)}${filled}];`;
    }),
    ...edges.map(([from, to]) => `  n${from} -> n${to};`),
    "}",
  ].join("\n");
}

function inMermaid({ boxes, edges }: Picture): string {
  // Its entities have no ampersand, and whatever could end a text or be markup is one.
  const text = (lines: readonly string[]) =>
    lines.map((line) => line.replace(/["#<>&`\\]/g, (one) => `#${one.charCodeAt(0)};`))
      .join("<br/>");
  const toWork = boxes.flatMap((box, i) => box.toWork ? [`n${i}`] : []);
  return [
    "flowchart LR",
    ...boxes.map(({ lines }, i) => `  n${i}["${text(lines)}"]`),
    ...edges.map(([from, to]) => `  n${from} --> n${to}`),
    ...toWork.length === 0 ? [] : [
      `  classDef work fill:${colour.fill},stroke:${colour.line},color:${colour.ink}`,
      `  class ${toWork.join(",")} work`,
    ],
  ].join("\n");
}
