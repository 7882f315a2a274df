import assert from "node:assert/strict";
import { domain, expand, linear, scaleOf, simclr, trial } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { plan } from "@/lib/plan/mod.ts";
import { domains } from "@/tests/plan/planned.ts";

const mini = scaleOf("mini");

Deno.test("a condition that is added to an experiment asks for its own steps and for no other again", () => {
  const before = experiments.flatMap((one) => expand(one, mini, { seeds: 1 }));
  const dataDomain = experiments.find(({ id }) => id === "data-domain")!;
  // No experiment has this size of aerial images.
  const added = trial(simclr(domain("aerial", "125k")), linear("species"));
  const after = experiments.flatMap((one) =>
    expand(one === dataDomain ? { ...one, trials: [...one.trials, added] } : one, mini, {
      seeds: 1,
    })
  );
  const known = new Set(plan(before, domains).steps.map(({ key }) => key));
  const steps = plan(after, domains).steps;
  const own = steps.filter(({ key }) => !known.has(key));
  assert.deepEqual(own.map(({ kind, label }) => `${kind}: ${label}`), [
    "subset: aerial (125k), seed 1",
    "pretrain: simclr on aerial (125k), seed 1",
    "features: simclr on aerial (125k), seed 1: features of species",
    "probe: simclr aerial (125k) -> linear species (all), seed 1",
    "score: simclr aerial (125k) -> linear species (all), seed 1",
  ]);
  assert.equal(steps.length, known.size + own.length, "and none was lost");
});
