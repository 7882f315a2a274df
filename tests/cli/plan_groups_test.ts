import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods } from "@/experiments/methods.ts";
import { expectedTime } from "@/lib/cli/expected.ts";
import { groupLines } from "@/lib/cli/plan_groups.ts";
import type { UnderWay } from "@/lib/plan/mod.ts";
import type { StepStatus } from "@/lib/store/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy([methods, dataDomain], {
  accuracy: () => 0.5,
  testImages: 20,
});
const { plan } = input;
const missing: StepStatus = { freshness: "missing", detail: "not run yet" };
const pretrainings = plan.steps.filter(({ kind }) => kind === "pretrain");

/** A study in which every step is missing and takes 10 s, but for what is told. */
function studyOf(
  { status = new Map(), underWay = new Map() }: {
    readonly status?: ReadonlyMap<string, StepStatus>;
    readonly underWay?: ReadonlyMap<string, UnderWay>;
  } = {},
) {
  const of = new Map(plan.steps.map(({ key }) => [key, missing]));
  const seconds = new Map(
    plan.steps.map(({ key }) => [key, 10 * (1 - (underWay.get(key)?.share ?? 0))]),
  );
  return {
    plan,
    status: new Map([...of, ...status]),
    underWay,
    expected: { seconds, experience: 0 },
  };
}

/** The status of all steps, where but these are cached. */
function cachedBut(...left: readonly { readonly key: string }[]): Map<string, StepStatus> {
  const cached: StepStatus = { freshness: "cached", detail: "verified" };
  return new Map(
    plan.steps.filter(({ key }) => !left.some((one) => one.key === key)).map((
      { key },
    ) => [key, cached]),
  );
}

Deno.test("groupLines() has a line for each kind and each experiment, which fit on a screen", () => {
  const lines = groupLines(studyOf());
  const kinds = new Set(plan.steps.map(({ kind }) => kind));
  for (const kind of kinds) {
    const own = plan.steps.filter((step) => step.kind === kind).length;
    const told = lines.filter((line) =>
      new RegExp(`^ +${kind} +${own} +about .* not run yet$`).test(line)
    );
    assert.equal(told.length, 1, kind);
  }
  for (const { id } of [methods, dataDomain]) {
    assert.ok(lines.some((line) => line.startsWith(`  ${id} `)), id);
  }
  assert.ok(lines.length < 30);
});

Deno.test("groupLines() counts reasons where there are several, and leaves out what is done", () => {
  const [damaged, old, ...rest] = pretrainings;
  const status = new Map([
    ...cachedBut(...pretrainings),
    [damaged!.key, { freshness: "corrupt", detail: "a.bin has 1 bytes, not 2" }] as const,
    [old!.key, { freshness: "code changed", detail: "made by code 1" }] as const,
  ]);
  const lines = groupLines(studyOf({ status }));
  const why = `1 damaged, 1 code changed, ${rest.length} not run yet`;
  assert.match(lines[2]!, new RegExp(`^ {2}pretrain .* {2}${why}$`));
  assert.ok(lines[3]!.startsWith("by experiment"));
  assert.deepEqual(lines.slice(-2), [
    "damaged:",
    `  pretrain ${damaged!.label}: a.bin has 1 bytes, not 2, about 10 s left`,
  ]);
  assert.deepEqual(groupLines(studyOf({ status: cachedBut() })), []);
});

Deno.test("groupLines() tells how far steps with a checkpoint are, some of many", () => {
  const underWay = new Map(pretrainings.map(({ key }) => [key, { share: 0.6, seconds: 6 }]));
  const lines = groupLines(studyOf({ underWay }));
  const at = lines.indexOf("under way:");
  assert.equal(
    lines[at + 1],
    `  pretrain ${pretrainings[0]!.label}: 60 % done, checkpoint, about 4 s left`,
  );
  assert.deepEqual(lines.slice(at + 6), [`  and ${pretrainings.length - 5} more steps`]);
  assert.ok(lines.some((line) => /^ +pretrain .* with a checkpoint$/.test(line)));
});

Deno.test("expectedTime() divides a single step by no number of workers, and counts what is left of it", () => {
  const [one, two] = pretrainings;
  const timeOf = (study: ReturnType<typeof studyOf>) => expectedTime(study, 2).seconds;
  assert.equal(timeOf(studyOf({ status: cachedBut(one!) })), 10);
  assert.equal(timeOf(studyOf({ status: cachedBut(one!, two!) })), 10);
  const underWay = new Map([[one!.key, { share: 0.75, seconds: 6 }]]);
  assert.equal(timeOf(studyOf({ status: cachedBut(one!), underWay })), 2.5);
  assert.match(
    expectedTime(studyOf(), 1).text,
    /^about .* with 1 worker process \(by the cost model\)$/,
  );
});
