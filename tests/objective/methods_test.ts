import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { encoderOf } from "@/lib/model/encoder.ts";
import { byol } from "@/lib/objective/byol.ts";
import { moco } from "@/lib/objective/moco.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { disposeNamed, loadBackend } from "@/lib/tensor/mod.ts";
import { initialState } from "@/lib/train/state.ts";

await loadBackend();

const encoder = encoderOf({
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1],
  width: 4,
});
const head = { hidden: 5, output: 6 };
const keys = moco(encoder, { temperature: 0.2, head, queue: 7, keyMomentum: 0.9 }, { images: 14 });
const own = byol(encoder, { head, predictor: { hidden: 3 }, baseMomentum: 0.9 });

/** Shapes of what comes after the encoder's parameters, by name. */
function headOf(objective: Objective): Record<string, readonly number[]> {
  const names = objective.parameters.map(({ name }) => name);
  const encoders = encoder.parameters.map(({ name }) => name);
  assert.deepEqual(names.slice(0, encoders.length), encoders);
  return Object.fromEntries(
    objective.parameters.slice(encoders.length).map(({ name, shape }) => [name, shape]),
  );
}

Deno.test("simclr() has a head as deep as told, normalised after each layer, the last time without offset", () => {
  const settings = (layers: number) => ({ temperature: 0.2, head: { ...head, layers } });
  const objective = simclr(encoder, settings(3));
  assert.equal(objective.labelled, false);
  assert.deepEqual(headOf(objective), {
    "head.0.weight": [4, 5],
    "head.1.weight": [5],
    "head.1.bias": [5],
    "head.3.weight": [5, 5],
    "head.4.weight": [5],
    "head.4.bias": [5],
    "head.6.weight": [5, 6],
    "head.7.weight": [6],
  });
  assert.equal(Object.keys(headOf(simclr(encoder, settings(2)))).length, 5);
  assert.deepEqual(
    objective.statistics.slice(encoder.statistics.length).map(({ name }) => name),
    ["1", "4", "7"].flatMap((i) => [`head.${i}.running_mean`, `head.${i}.running_var`]),
  );
});

Deno.test("supervised() takes the labels of its views", () => {
  const objective = supervised(encoder, {}, { classes: 7 });
  assert.equal(objective.labelled, true);
  assert.deepEqual(objective.parameters.at(-2)!.shape, [4, 7]);
  assert.throws(
    () => objective.evaluate({ views: [{} as tf.Tensor4D] }, {}),
    /Cannot evaluate supervised training without labels/,
  );
});

Deno.test("moco() has a head without normalisation, a copy of all weights and statistics, and a queue", () => {
  assert.deepEqual(headOf(keys), {
    "head.0.weight": [4, 5],
    "head.0.bias": [5],
    "head.3.weight": [5, 6],
    "head.3.bias": [6],
  });
  const copied = [...keys.parameters, ...keys.statistics].map(({ name }) => `key.${name}`);
  assert.deepEqual(keys.memory!.tensors.map(({ name }) => name), [...copied, "queue"]);
  assert.deepEqual(keys.memory!.tensors.at(-1), {
    name: "queue",
    shape: [7, 6],
    start: "unit rows",
  });
});

Deno.test("moco() makes its key encoder the query encoder at the first step, and lets it follow slowly then", () => {
  const shares = [0, 1, 2, 99].map((step) => keys.scheduled!.copyShare!(step, 100));
  assert.deepEqual(shares.map((share) => Math.round(1e9 * share) / 1e9), [1, 0.1, 0.1, 0.1]);
});

Deno.test("moco() puts a batch's keys before the older ones and lets the oldest go", () => {
  const row = (value: number) => Array(6).fill(value);
  const queueAfter = (newer: number[]) =>
    tf.tidy(() => {
      const { tensors, next } = keys.memory!;
      const before = Object.fromEntries(
        tensors.map(({ name, shape }) => [name, tf.zeros([...shape])]),
      );
      const weights = (prefixed: readonly { name: string; shape: readonly number[] }[]) =>
        Object.fromEntries(prefixed.map(({ name, shape }) => [name, tf.zeros([...shape])]));
      const after = next({ ...before, queue: tf.tensor2d([0, 1, 2, 3, 4, 5, 6].map(row)) }, {
        parameters: weights(keys.parameters),
        statistics: weights(keys.statistics),
        remembered: { keys: tf.tensor2d(newer.map(row)) },
        scheduled: { copyShare: tf.scalar(0.1) },
      });
      return (after.queue as tf.Tensor2D).arraySync().map(([first]) => first);
    });
  assert.deepEqual(queueAfter([10, 11, 12]), [10, 11, 12, 0, 1, 2, 3]);
  assert.deepEqual(queueAfter([10, 11, 12, 13, 14, 15, 16]), [10, 11, 12, 13, 14, 15, 16]);
});

Deno.test("moco() makes a key of its own image alone, whatever else is in the batch", () => {
  const state = initialState(keys, 3);
  const keysOf = (order: number[]) =>
    tf.tidy(() => {
      const images = tf.randomUniform([8, 6, 6, 3], -2, 2, "float32", 5) as tf.Tensor4D;
      const some = tf.gather(images, tf.tensor1d(order, "int32")) as tf.Tensor4D;
      const { remembered } = keys.evaluate({ views: [tf.concat([some, some])] }, state.parameters, {
        memory: state.memory,
      });
      return (remembered!.keys as tf.Tensor2D).arraySync();
    });
  const all = keysOf([0, 1, 2, 3, 4]), few = keysOf([3, 7]);
  assert.equal(all[0]!.length, 6);
  few[0]!.forEach((value, i) => assert.ok(Math.abs(value - all[3]![i]!) < 1e-6));
  assert.ok(Math.abs(Math.hypot(...few[1]!) - 1) < 1e-6, "keys are unit vectors");
  // More images than the queue is long: only as many keys as it holds.
  assert.equal(keysOf([0, 1, 2, 3, 4, 5, 6, 7]).length, 7);
  disposeNamed(state);
});

Deno.test("byol() has a predictor that the target lacks", () => {
  assert.deepEqual(headOf(own), {
    "head.0.weight": [4, 5],
    "head.1.weight": [5],
    "head.1.bias": [5],
    "head.3.weight": [5, 6],
    "predictor.0.weight": [6, 3],
    "predictor.1.weight": [3],
    "predictor.1.bias": [3],
    "predictor.3.weight": [3, 6],
  });
  const copied = own.parameters.map(({ name }) => name).filter((name) => !/^predictor/.test(name));
  assert.deepEqual(own.memory!.tensors.map(({ name }) => name), copied.map((n) => `target.${n}`));
});

Deno.test("byol() lets its target follow less and less, by a momentum that rises from the base to 1", () => {
  const shares = [0, 150, 300].map((step) => own.scheduled!.copyShare!(step, 300));
  [0.1, 0.05, 0].forEach((wanted, i) => assert.ok(Math.abs(shares[i]! - wanted) < 1e-12));
});
