import assert from "node:assert/strict";
import { linearRate, methodNames, methods, scaleNames, scaleOf, trainingAt } from "@/dsl/mod.ts";

Deno.test("SimCLR's learning rate grows with the batch, to 4.8 at 4096 images", () => {
  assert.equal(linearRate(0.3, 4096), 4.8);
  assert.equal(linearRate(0.3, 256), 0.3);
});

Deno.test("the scale paper has the methods' published settings", () => {
  const simclr = methods.simclr.recipes.paper;
  const moco = methods.moco.recipes.paper;
  const byol = methods.byol.recipes.paper;
  assert.deepEqual(
    [simclr.learningRate, simclr.batch, simclr.temperature, simclr.head, simclr.optimizer],
    [4.8, 4096, 0.1, { hidden: 2048, output: 128, layers: 3 }, {
      name: "lars",
      momentum: 0.9,
      weightDecay: 1e-4,
    }],
  );
  assert.deepEqual(
    [moco.learningRate, moco.batch, moco.temperature, moco.queue, moco.keyMomentum, moco.head],
    [0.03, 256, 0.2, 65_536, 0.999, { hidden: 2048, output: 128 }],
  );
  assert.deepEqual(
    [byol.learningRate, byol.batch, byol.baseMomentum, byol.head, byol.predictor, byol.optimizer],
    [7.2, 4096, 0.99, { hidden: 4096, output: 256 }, { hidden: 4096 }, {
      name: "lars",
      momentum: 0.9,
      weightDecay: 1e-6,
    }],
  );
  for (const { views: [{ augmentation }] } of [simclr, moco, byol]) {
    assert.deepEqual([augmentation.pixels, augmentation.blur], [224, 0.5]);
  }
});

Deno.test("every scale trains each method at one size of view, in batches that its images fill", () => {
  for (const name of scaleNames) {
    const scale = scaleOf(name);
    const [{ augmentation: { pixels } }] = methods.simclr.recipes[name].views;
    for (const method of methodNames) {
      const { views: [first], batch } = trainingAt(scale, method);
      assert.equal(first.augmentation.pixels, pixels, `${method} at ${name}`);
      assert.ok(batch <= scale.sizes["1M"], `${method} at ${name}`);
    }
    const { queue } = methods.moco.recipes[name];
    assert.ok(queue <= scale.sizes["1M"] / 2, `${name}: the queue is used whole`);
  }
});

Deno.test("every method says at every scale what each of its groups of views costs, and bears its own name", () => {
  for (const method of methodNames) {
    const { recipes, passes } = methods[method];
    for (const name of scaleNames) {
      assert.equal(recipes[name].method, method);
      assert.equal(recipes[name].views.length, passes.length, `${method} at ${name}`);
    }
  }
});

Deno.test("scaleOf() puts a precision into every training", () => {
  const scale = scaleOf("paper", { precision: "float32" });
  for (const method of methodNames) {
    assert.deepEqual(trainingAt(scale, method), {
      ...methods[method].recipes.paper,
      precision: "float32",
    });
    assert.equal(methods[method].recipes.paper.precision, "bfloat16");
  }
  assert.equal(scale.finetune.precision, "float32");
});
