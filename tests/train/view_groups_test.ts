// What the engine promises to methods that see an image in views of several sizes and keep several copies of the network.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { smallViews } from "@/dsl/augmentations.ts";
import type { ViewGroup } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { slowCopy } from "@/lib/objective/slow_copy.ts";
import {
  disposeNamed,
  gatherImages,
  liveHandles,
  loadBackend,
  uint8Tensor,
} from "@/lib/tensor/mod.ts";
import { applyViews, standardise } from "@/lib/train/apply_views.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { scheduledAt } from "@/lib/train/scheduled.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

const SIDE = 8, IMAGES = 6;
const groups: readonly ViewGroup[] = [
  { count: 2, augmentation: { ...smallViews, pixels: SIDE } },
  { count: 3, augmentation: { ...smallViews, pixels: 4, cropArea: [0.05, 0.4] } },
];
const network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
} as const;
const encoder = encoderOf(network);
const copies = { quick: slowCopy(encoder, "quick"), slow: slowCopy(encoder, "slow") };

/** Small views are to have the features that a slow copy gives to the large ones, less a centre that follows these. */
const objective: Objective = {
  labelled: false,
  parameters: encoder.parameters,
  statistics: encoder.statistics,
  scheduled: { quickShare: () => 0.5, slowShare: (step, total) => 0.1 * (1 - step / total) },
  memory: {
    tensors: [
      ...copies.quick.tensors,
      ...copies.slow.tensors,
      { name: "centre", shape: [encoder.features], start: "zeros" },
    ],
    next(before, after) {
      const shareOf = (name: string) => named(after.scheduled, `${name}Share`) as tf.Scalar;
      const centre = named(before, "centre"), taught = named(after.remembered, "taught");
      return {
        ...copies.quick.follow(before, { ...after, share: shareOf("quick") }),
        ...copies.slow.follow(before, { ...after, share: shareOf("slow") }),
        centre: tf.add(tf.mul(centre, 0.9), tf.mul(tf.mean(taught, 0), 0.1)),
      };
    },
  },
  evaluate({ views: [large, small] }, parameters, { memory = {}, scheduled = {} } = {}) {
    const mode = { training: true, statistics: {} };
    const { features, statistics } = encoder.forward(small!, parameters, mode);
    const taught = encoder.forward(large!, copies.slow.named(memory), mode).features;
    const wanted = tf.sub(tf.mean(taught, 0), named(memory, "centre"));
    const apart = tf.mean(tf.squaredDifference(features, wanted));
    return {
      loss: tf.mul(apart, named(scheduled, "quickShare")) as tf.Scalar,
      accuracy: tf.scalar(0),
      features,
      statistics,
      remembered: { taught },
    };
  },
};

const bytes = Uint8Array.from(
  { length: IMAGES * SIDE * SIDE * 3 },
  (_, i) => (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 255,
);
const numbers = Uint32Array.from({ length: IMAGES }, (_, i) => 10 + i);
const rows = { count: IMAGES, numbers, labels: new Int32Array(IMAGES).fill(-1) };

Deno.test("batchesOf() draws every group, and of equal groups the views of one that has them all", () => {
  const [large] = groups as [ViewGroup];
  const config = { seed: 3, rows, batch: 4, objective };
  const drawn = (views: readonly ViewGroup[]) => {
    const batches = batchesOf({ ...config, views });
    const inputs = batches.draw(0).views;
    const boxes = inputs.map((one) => [...one.boxes.dataSync()]);
    const shapes = inputs.map((one) => [one.boxes.shape, one.colours.shape]);
    disposeNamed(inputs);
    return { boxes, shapes, count: batches.viewCount };
  };
  const both = drawn(groups);
  assert.deepEqual(both.shapes, [[[8, 4], [8, 10]], [[12, 4], [12, 10]]]);
  assert.equal(both.count, 20);
  const split = drawn([large, { ...large, count: 3 }]);
  assert.deepEqual(split.boxes.flat(), drawn([{ ...large, count: 5 }]).boxes.flat());
});

Deno.test("scheduledAt() gives the numbers of a step by name", () => {
  const values = scheduledAt(objective, { step: 25, totalSteps: 100 });
  assert.deepEqual(Object.keys(values), ["quickShare", "slowShare"]);
  assert.ok(Math.abs(named(values, "slowShare").dataSync()[0]! - 0.075) < 1e-7);
  assert.deepEqual(scheduledAt({}, { step: 0, totalSteps: 1 }), {});
  tf.dispose(values);
});

Deno.test("trainingStep() sees views of two sizes, and moves two copies and a centre at their own pace", async () => {
  const held = [tf.memory().numTensors, liveHandles()];
  const step = trainingStep(objective, {
    optimizer: { name: "sgd", momentum: 0, weightDecay: 0 },
    views: groups,
  });
  const state = initialState(objective, 7);
  const before = valuesOf(state.parameters);
  const batches = batchesOf({ seed: 3, rows, batch: IMAGES, views: groups, objective });
  const inputs = {
    ...batches.draw(0),
    images: uint8Tensor(bytes, [IMAGES, SIDE, SIDE, 3]),
    indices: tf.tensor1d(Int32Array.from(batches.rowsOf(0)), "int32"),
    learningRate: tf.scalar(0.1),
    uptake: tf.scalar(0.25),
    scheduled: scheduledAt(objective, { step: 0, totalSteps: 100 }),
  };
  // The same without the compiled step.
  const wanted = tf.tidy(() => {
    const images = gatherImages(inputs.images, inputs.indices);
    const views = groups.map(({ augmentation: { pixels: side } }, g) =>
      standardise(applyViews(images, { ...inputs.views[g]!, side }))
    );
    const { loss, remembered } = objective.evaluate({ views }, state.parameters, {
      memory: state.memory,
      scheduled: inputs.scheduled,
    });
    const centre = tf.mul(tf.mean(named(remembered!, "taught"), 0), 0.1);
    return { loss: loss.dataSync()[0]!, centre: [...centre.dataSync()] };
  });
  const out = await step.run(state, inputs);
  near([...out.loss.dataSync()], [wanted.loss]);
  assert.equal(out.features.shape[0], 3 * IMAGES);
  near([...out.state.memory.centre!.dataSync()], wanted.centre);
  const after = valuesOf(out.state.parameters), memory = valuesOf(out.state.memory);
  for (const [name, old] of Object.entries(before)) {
    assert.notDeepEqual(after[name], old, name);
    for (const [copy, share] of [["quick", 0.5], ["slow", 0.1]] as const) {
      near(memory[`${copy}.${name}`]!, old.map((one, i) => one + share * (after[name]![i]! - one)));
    }
  }
  disposeNamed([inputs, state, out]);
  step.dispose();
  assert.deepEqual([tf.memory().numTensors, liveHandles()], held);
});

function valuesOf(tensors: Tensors): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
  );
}

function near(actual: readonly number[], wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  actual.forEach((one, i) => assert.ok(Math.abs(one - wanted[i]!) < 1e-4, `${one}, ${wanted[i]}`));
}
