import assert from "node:assert/strict";
import { domain, finetune, linear, pool, simclr, trial } from "@/dsl/mod.ts";
import { expand, experiment, methods, scaleOf } from "@/dsl/mod.ts";
import {
  fitsIn,
  memoryModel,
  neededIn,
  plan,
  type Room,
  type Step,
  stepKinds,
  unfitIn,
} from "@/lib/plan/mod.ts";
import { domains, stepsOf } from "@/tests/plan/planned.ts";

const million = new Map(
  [...domains].map(([role, one]) => [role, { ...one, trainImages: 1_200_000 }]),
);
const species = domain("species", "1M");
const { steps } = plan(
  expand(
    experiment({
      ...{ id: "test", title: "t", question: "q", reference: "r" },
      trials: [
        trial(simclr(species), linear("species")),
        trial(simclr(pool(species, domain("scenes", "1M"))), finetune("species")),
      ],
    }),
    scaleOf("paper"),
  ),
  million,
);
const model = memoryModel(steps, new Map([...million.values()].map((one) => [one.id, one])));
const held = (kind: Step["kind"]) => model.heldBy(steps.find((step) => step.kind === kind)!);
const gpu: Room = { isHost: false, replicas: 1, host: Infinity, device: 80e9 };

Deno.test("neededIn() puts tensors into the machine's memory or the device's, divided among those that work as one", () => {
  const one = { host: 1e9, device: 2e9, divided: 8e9 };
  assert.deepEqual(neededIn({ isHost: true, replicas: 1 }, one), { host: 11.45e9, device: 0 });
  assert.deepEqual(neededIn({ isHost: false, replicas: 1 }, one), { host: 1.45e9, device: 10.6e9 });
  assert.deepEqual(neededIn({ isHost: false, replicas: 4 }, one), { host: 1.45e9, device: 4.6e9 });
  const none = { host: 0, device: 0, divided: 0 };
  assert.equal(neededIn({ isHost: false, replicas: 1 }, none).device, 0, "no device is used");
});

Deno.test("memoryModel() knows what each kind of step holds", () => {
  const kinds = new Set(steps.map(({ kind }) => kind));
  for (const kind of stepKinds.filter((one) => kinds.has(one))) {
    const { host, device, divided } = held(kind);
    assert.ok([host, device, divided].every((bytes) => bytes >= 0 && bytes < 1e12), kind);
  }
  // Of 1.2 million vectors of 2,048 numbers: 9.8 GB.
  assert.ok(held("features").host > 9.8e9 && held("features").host < 10.5e9);
});

Deno.test("unfitIn() finds the paper's SimCLR, which fits some devices, or one with a smaller batch at the rate of the rule", () => {
  const [pretraining] = stepsOf("pretrain", steps);
  const [found, ...others] = unfitIn(gpu, [pretraining!], model);
  assert.deepEqual(others, []);
  const { needed, settings, replicas, smaller } = found!;
  assert.ok(needed.device > 300e9 && needed.device < 600e9, `${needed.device}`);
  assert.deepEqual(settings, { batch: 4096, learningRates: [4.8] });
  assert.equal(Math.log2(replicas!) % 1, 0);
  assert.ok(fitsIn({ ...gpu, replicas: replicas! }, model.heldBy(pretraining!)));
  assert.ok(!fitsIn({ ...gpu, replicas: replicas! / 2 }, model.heldBy(pretraining!)));
  assert.deepEqual(smaller!.learningRates, [4.8 * smaller!.batch / 4096]);
  const at = (batch: number): Step => ({
    ...pretraining!,
    spec: { ...pretraining!.spec, training: { ...methods.simclr.recipes.paper, batch } },
  });
  assert.ok(fitsIn(gpu, model.heldBy(at(smaller!.batch))));
  assert.ok(!fitsIn(gpu, model.heldBy(at(2 * smaller!.batch))));
});

Deno.test("unfitIn() scales all learning rates of a fine-tuning, and has no remedy but memory for a step without a batch", () => {
  const small = { ...gpu, device: 20e9 };
  const [tuned] = unfitIn(small, stepsOf("finetune", steps), model);
  assert.deepEqual(tuned!.settings, { batch: 1024, learningRates: [0.04, 0.4] });
  const { batch, learningRates } = tuned!.smaller!;
  assert.deepEqual(learningRates, [0.04 * batch / 1024, 0.4 * batch / 1024]);
  const features = stepsOf("features", steps).slice(0, 1);
  const [read] = unfitIn({ ...gpu, host: 8e9 }, features, model);
  assert.deepEqual(Object.keys(read!), ["step", "needed"]);
});

Deno.test("unfitIn() looks for no further devices where tensors lie in the machine's memory", () => {
  const host: Room = { isHost: true, replicas: 1, host: 16e9, device: Infinity };
  const [found] = unfitIn(host, stepsOf("pretrain", steps), model);
  assert.ok(found!.replicas === undefined && found!.smaller!.batch < 512);
});
