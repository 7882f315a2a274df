import assert from "node:assert/strict";
import { instance } from "@viz-js/viz";
import { dataDomain } from "@/experiments/data_domain.ts";
import { planGraph } from "@/lib/cli/plan_graph.ts";
import { groupSteps, type Step } from "@/lib/plan/mod.ts";
import type { StepStatus } from "@/lib/store/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 20 });
const { plan } = input;
const viz = await instance();

/** What a picture is made of: some steps of the plan, the first of which are cached. */
function pictured(steps: readonly Step[], cached: number) {
  const state = (i: number): StepStatus =>
    i < cached
      ? { freshness: "cached", detail: "verified" }
      : { freshness: "missing", detail: "never worked" };
  return {
    plan: { ...plan, steps },
    status: new Map(steps.map(({ key }, i) => [key, state(i)])),
    underWay: new Map(),
    expected: { seconds: new Map(steps.map(({ key }) => [key, 10])), experience: 0 },
  };
}

/** The boxes and lines that Graphviz reads in a picture. */
function drawn(dot: string) {
  const { output, errors } = viz.renderJSON(dot) === undefined
    ? { output: undefined, errors: ["nothing"] }
    : { output: viz.renderJSON(dot) as { objects: object[]; edges?: object[] }, errors: [] };
  assert.deepEqual(errors, []);
  return output!;
}

/** Steps with all that they need, as many as fit on a picture of steps. */
const few = plan.steps.slice(0, 12);
const many = groupSteps(plan.steps);

Deno.test("planGraph() draws each step of a small plan in dot, which Graphviz reads", () => {
  const [first, ...others] = few as [Step, ...Step[]];
  const odd = { ...first, label: 'a "quoted" \\ label <b> -> # &amp;' };
  const { objects, edges = [] } = drawn(planGraph(pictured([odd, ...others], 1), "dot"));
  assert.equal(objects.length, few.length);
  const keys = new Set(few.map(({ key }) => key));
  const needs = few.flatMap((step) => [...new Set(Object.values(step.needs))]);
  assert.ok(needs.every((key) => keys.has(key)));
  assert.equal(edges.length, needs.length);
  const labels = objects.map((one) => (one as { label: string }).label);
  assert.equal(labels[0], 'ingest\\na "quoted" \\\\ label <b> -> # &amp;\\ncached');
  assert.match(labels[1]!, /\\nnever worked, about 10 s$/);
});

Deno.test("planGraph() draws the kinds of a large plan, with what of them is to be worked", () => {
  assert.ok(plan.steps.length > 60);
  const { objects, edges = [] } = drawn(planGraph(pictured(plan.steps, 0), "dot"));
  assert.equal(objects.length, many.groups.length);
  assert.equal(edges.length, many.edges.length);
  const labels = objects.map((one) => (one as { label: string }).label);
  assert.ok(
    labels.some((label) => /^pretrain simclr\\n\d+ steps\\n\d+ to run, about /.test(label)),
  );
  const done = planGraph(pictured(plan.steps, plan.steps.length), "dot");
  assert.ok(!done.includes("to run"));
  assert.equal(done.match(/all cached/g)!.length, many.groups.length);
});

Deno.test("planGraph() says the same in mermaid, and nothing of a label can end its text", () => {
  const [first, ...others] = few as [Step, ...Step[]];
  const odd = { ...first, label: 'a "quoted" # <b> `x` \\ & ]' };
  const lines = planGraph(pictured([odd, ...others], 1), "mermaid").split("\n");
  assert.equal(lines[0], "flowchart LR");
  assert.equal(
    lines[1],
    `  n0["ingest<br/>a #34;quoted#34; #35; #60;b#62; #96;x#96; #92; #38; ]<br/>cached"]`,
  );
  const boxes = lines.filter((line) => /^ {2}n\d+\["(?:[^"<>&`\\#]|<br\/>|#\d+;)*"\]$/.test(line));
  assert.equal(boxes.length, few.length);
  const arrows = lines.filter((line) => /^ {2}n\d+ --> n\d+$/.test(line));
  assert.equal(
    arrows.length,
    few.flatMap((step) => [...new Set(Object.values(step.needs))]).length,
  );
  assert.match(lines.at(-2)!, /^ {2}classDef work fill:#\w{6},stroke:#\w{6},color:#\w{6}$/);
  assert.equal(lines.at(-1), `  class ${others.map((_, i) => `n${i + 1}`).join(",")} work`);
  assert.equal(lines.length, 1 + boxes.length + arrows.length + 2);
});

Deno.test("plan --graph prints the picture alone, and --exit-code tells what would run from what is wrong", () =>
  withFolder(async (folder) => {
    const plan = (...words: string[]) =>
      command("plan", ...words, "--scale", "smoke", "--store", `${folder}/store`);
    const picture = await plan("taxa", "--graph", "dot", "--exit-code");
    assert.equal(picture.code, 2, picture.stderr);
    assert.ok(drawn(picture.stdout).objects.length > 5);
    assert.equal((await plan("taxa")).code, 0);
    const wrong = await plan("texa", "--exit-code");
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^error: Command line: experiment "texa" is not known\. /);
    const both = await plan("taxa", "--graph", "dot", "--json");
    assert.equal(both.code, 2);
    assert.match(both.stderr, /^error: --graph: dot is given with --json, /);
    assert.match((await plan("taxa", "--graph", "svg")).stderr, /Choose among mermaid, dot\n$/);
  }));
