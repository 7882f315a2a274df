import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { taxa } from "@/experiments/taxa.ts";
import { chosenSteps } from "@/lib/cli/choose_steps.ts";
import { idsLike } from "@/lib/cli/experiments.ts";
import { forcedSteps } from "@/lib/cli/forced_steps.ts";
import { kindsOption } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { StepKind } from "@/lib/plan/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy([dataDomain, taxa], {
  accuracy: () => 0.5,
  testImages: 20,
});
const { plan } = input;
const kindsOf = (steps: Iterable<{ readonly kind: StepKind }>) =>
  [...new Set([...steps].map(({ kind }) => kind))].sort();

/** The study of which the steps of these kinds are not there. */
function lacking(...kinds: readonly StepKind[]): Study {
  const status = plan.steps.map(({ key, kind }) =>
    [key, { freshness: kinds.includes(kind) ? "missing" : "cached", detail: "" }] as const
  );
  return { ...input, status: new Map(status) } as unknown as Study;
}

Deno.test("chosenSteps() leaves of what is to be worked the kinds of --only, and with --until what they need", () => {
  const study = lacking("pretrain", "features", "probe", "score");
  const all = chosenSteps(study, {});
  assert.equal(all.plan, plan.steps);
  assert.deepEqual(kindsOf(all.toWork), ["features", "pretrain", "probe", "score"]);
  const only = chosenSteps(study, { only: ["pretrain", "probe"] });
  assert.deepEqual(kindsOf(only.toWork), ["pretrain", "probe"]);
  assert.deepEqual(kindsOf(plan.steps.filter(only.takes)), ["pretrain", "probe"]);
  const until = chosenSteps(study, { until: ["features"] });
  assert.deepEqual(kindsOf(until.toWork), ["features", "pretrain"]);
  assert.deepEqual(kindsOf(until.plan), ["features", "ingest", "pretrain", "subset"]);
  const left = [...until.study.status].filter(([, { freshness }]) => freshness !== "cached");
  assert.deepEqual(left.map(([key]) => key).sort(), until.toWork.map(({ key }) => key).sort());
});

Deno.test("forcedSteps() finds steps by the first digits of a key, by label, and by a condition's name what is its own", () => {
  const [step] = plan.steps.filter(({ kind }) => kind === "subset");
  assert.deepEqual([...forcedSteps(plan, [step!.key.slice(0, 12)])], [step!.key]);
  assert.ok(forcedSteps(plan, [step!.label]).has(step!.key));
  const { condition: { name }, score } = plan.conditions[0]!;
  const forced = forcedSteps(plan, [name]);
  assert.ok(forced.has(score));
  const kinds = kindsOf(plan.steps.filter(({ key }) => forced.has(key)));
  assert.deepEqual(kinds, ["features", "pretrain", "probe", "score"]);
  assert.deepEqual([...forcedSteps(plan)], []);
  assert.throws(
    () => forcedSteps(plan, ["nothing"]),
    /^InputError: --force: no step's key begins with "nothing"/,
  );
});

Deno.test("idsLike() takes * and ? for letters and _ for -, and gives back what is like nothing", () => {
  const registry = ["taxa", "data-domain", "data-size", "cross-taxa"].map((id) => ({ id }));
  const ids = (word: string) => idsLike(word, registry);
  assert.deepEqual(ids("taxa"), ["taxa"]);
  assert.deepEqual(ids("data_*"), ["data-domain", "data-size"]);
  assert.deepEqual(ids("*taxa"), ["taxa", "cross-taxa"]);
  assert.deepEqual(ids("tax?"), ["taxa"]);
  assert.deepEqual(ids("data_domain"), ["data-domain"]);
  assert.deepEqual(ids("data"), ["data"]);
  assert.deepEqual(ids("all"), ["all"]);
  assert.deepEqual(ids("t.x("), ["t.x("]);
});

Deno.test("kindsOption() reads kinds with commas between them, and refuses what is none, with the nearest", () => {
  const read = kindsOption("--only");
  assert.deepEqual(read("probe, score", ["ingest", "probe"]), ["ingest", "probe", "score"]);
  assert.throws(() => read("pretrian"), /^InputError: --only: "pretrian" is not known.*pretrain/);
});
