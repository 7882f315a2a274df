import assert from "node:assert/strict";
import {
  domain,
  downsample,
  jpeg,
  knn,
  linear,
  methods,
  pixels,
  pool,
  simclr,
  supervised,
  trial,
} from "@/dsl/mod.ts";
import { expectedSeconds, plan, type Step } from "@/lib/plan/mod.ts";
import { conditions, domains, stepsOf } from "@/tests/plan/planned.ts";

Deno.test("expectedSeconds() grows with epochs, and two views cost more an epoch than one", () => {
  const trials = [
    trial(simclr(domain("species")), linear("species")),
    trial(supervised(domain("species", "1M")), linear("species")),
  ];
  const planned = plan(conditions(trials), domains).steps;
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const timesLonger = (times: number) =>
    planned.map((step): Step => {
      if (step.kind !== "pretrain" || step.spec.training === undefined) return step;
      const { training } = step.spec;
      const changed = { ...training, epochs: times * training.epochs, minimumSteps: 0 };
      return { ...step, spec: { ...step.spec, training: changed } };
    });
  const steps = timesLonger(1);
  const seconds = expectedSeconds(steps, sizes);
  const of = (method: string) =>
    seconds.get(stepsOf("pretrain", steps).find(({ spec }) => spec.method === method)!.key)!;
  const contrastive = methods.simclr.recipes.mini, labelled = methods.supervised.recipes.mini;
  assert.ok(of("simclr") / contrastive.epochs > 1.5 * of("supervised") / labelled.epochs);
  assert.ok([...seconds.values()].every((one) => one > 0));
  const longer = expectedSeconds(timesLonger(2), sizes);
  for (const { key, spec: { method } } of stepsOf("pretrain", steps)) {
    assert.ok(longer.get(key)! > 1.9 * seconds.get(key)!, `${method}`);
  }
});

Deno.test("expectedSeconds() counts all parts of a pool, and a corrupted source as the clean one", () => {
  const half = domain("species", "250k");
  const { steps } = plan(
    conditions([
      trial(simclr(domain("species", "500k")), linear("species")),
      trial(simclr(pool(half, domain("scenes", "250k"))), linear("species")),
      trial(
        simclr(domain("species", "500k"), { corruption: downsample(4) }),
        linear("species"),
      ),
      trial(supervised(domain("species", "all"), { corruption: jpeg(9) }), linear("species")),
      trial(supervised(domain("species", "all")), linear("species")),
    ]),
    domains,
  );
  const seconds = expectedSeconds(
    steps,
    new Map([...domains.values()].map((one) => [one.id, one])),
  );
  const of = (kind: string) =>
    steps.filter((step) => step.kind === kind).map(({ key }) => seconds.get(key)!);
  const [single, pooled, corrupted, corruptedAll, all] = of("pretrain");
  assert.equal(pooled, single);
  assert.equal(corrupted, single);
  assert.equal(corruptedAll, all);
  const [some, every] = of("corrupt");
  assert.ok(some! > 0 && every! > some!);
});

Deno.test("expectedSeconds() of a probe grows with the length of its features, that of kNN less", () => {
  const [short, long] = [pixels({ side: 8 }), pixels({ side: 32 })];
  const { steps } = plan(
    conditions([short, long].flatMap((one) => [
      trial(one, linear("species")),
      trial(one, knn("species")),
    ])),
    domains,
  );
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const seconds = expectedSeconds(steps, sizes);
  const timesLonger = (probe: string) => {
    const [less, more] = stepsOf("probe", steps).filter(({ spec }) => spec.probe === probe)
      .map(({ key }) => seconds.get(key)!).toSorted((a, b) => a - b);
    return more! / less!;
  };
  // 16 times as long.
  assert.ok(timesLonger("linear") > 8 && timesLonger("linear") < 16);
  assert.ok(timesLonger("knn") > 2 && timesLonger("knn") < 12);
});
