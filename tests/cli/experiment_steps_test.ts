import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods } from "@/experiments/methods.ts";
import { experimentOrder, experimentSteps } from "@/lib/cli/experiment_steps.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy([methods, dataDomain], {
  accuracy: () => 0.5,
  testImages: 20,
});
const { plan } = input;

Deno.test("experimentSteps() has all that an experiment's scores need, near and far", () => {
  const steps = experimentSteps(plan);
  assert.deepEqual([...steps.keys()].sort(), [dataDomain.id, methods.id].sort());
  for (const { condition, score, encoders } of plan.conditions) {
    const own = steps.get(condition.experiment)!;
    for (const key of [score, ...encoders]) assert.ok(own.has(key), condition.name);
  }
  for (const own of steps.values()) {
    for (const step of plan.steps.filter(({ key }) => own.has(key))) {
      for (const need of Object.values(step.needs)) assert.ok(own.has(need), step.label);
    }
  }
});

Deno.test("experimentOrder() puts the experiment first that takes the least, and what it shares with it", () => {
  const steps = experimentSteps(plan);
  for (const dear of [methods.id, dataDomain.id]) {
    const cheap = dear === methods.id ? dataDomain.id : methods.id;
    const own = [...steps.get(dear)!].filter((key) => !steps.get(cheap)!.has(key));
    const order = experimentOrder(plan, new Map(own.map((key) => [key, 10])));
    for (const key of steps.get(cheap)!) assert.equal(order.get(key), 1);
    for (const key of own) assert.equal(order.get(key), 2);
  }
});
