import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods } from "@/experiments/methods.ts";
import { taxa } from "@/experiments/taxa.ts";
import { experimentSteps } from "@/lib/cli/experiment_steps.ts";
import { publishAlong, type StudySoFar } from "@/lib/cli/publish_along.ts";
import type { Study } from "@/lib/cli/study.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy([methods, dataDomain, taxa], {
  accuracy: () => 0.5,
  testImages: 20,
});
const { plan } = input;
const steps = experimentSteps(plan);
const study = {
  ...input,
  status: new Map(),
  expected: { seconds: new Map(plan.steps.map(({ key }) => [key, 2])), experience: 0 },
} as unknown as Study;
const byKey = new Map(plan.steps.map((step) => [step.key, step]));
const ids = ({ experiments }: StudySoFar) => experiments.map(({ id }) => id);

Deno.test("publishAlong() publishes what is complete, says what is outstanding, and leaves the last to the run", async () => {
  const published: StudySoFar[] = [];
  let clock = 0;
  const along = publishAlong(study, {
    jobs: 2,
    publish: (soFar) => {
      published.push(soFar);
      return Promise.resolve();
    },
    now: () => clock,
  });
  const finish = async (id: string) => {
    for (const key of steps.get(id)!) along.onEvent({ type: "done", step: byKey.get(key)! });
    await new Promise((resolve) => setTimeout(resolve));
  };
  along.onEvent({ type: "started", step: plan.steps[0]! });
  assert.equal(published.length, 0);
  clock = 60_000;
  await finish(dataDomain.id);
  // What taxa needs is done for the domains, and before all of theirs.
  assert.deepEqual(published.map(ids), [[taxa.id], [dataDomain.id, taxa.id]]);
  const [, both] = published;
  assert.deepEqual(both!.outstanding.experiments, [methods]);
  const share = steps.get(dataDomain.id)!.size / plan.steps.length;
  assert.ok(Math.abs(both!.outstanding.seconds - 60 * (1 - share) / share) < 1e-6);
  const told = new Set(both!.plan.conditions.map(({ condition }) => condition.experiment));
  assert.deepEqual([...told].sort(), [dataDomain.id, taxa.id]);
  await finish(methods.id);
  await along.close();
  assert.equal(published.length, 2);
});

Deno.test("publishAlong() publishes once at a time, skips what is overtaken, and survives what fails", async () => {
  let under = 0, calls = 0;
  const releases: (() => void)[] = [];
  const along = publishAlong(study, {
    jobs: 2,
    publish: async () => {
      calls++;
      assert.equal(++under, 1);
      await new Promise<void>((resolve) => releases.push(resolve));
      under--;
      throw new Error("no disk");
    },
  });
  for (const key of steps.get(taxa.id)!) {
    along.onEvent({ type: "done", step: byKey.get(key)! });
  }
  assert.equal(calls, 1);
  for (const key of steps.get(dataDomain.id)!) {
    along.onEvent({ type: "failed", step: byKey.get(key)! });
  }
  assert.equal(calls, 1);
  releases.shift()!();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(calls, 2);
  const closed = along.close();
  releases.shift()!();
  await closed;
  for (const { key } of plan.steps) along.onEvent({ type: "done", step: byKey.get(key)! });
  assert.equal(calls, 2);
});
