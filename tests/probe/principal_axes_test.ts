import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { classify } from "@/lib/probe/classify.ts";
import {
  alongAxes,
  axesTensor,
  principalAxes,
  turnClassifier,
} from "@/lib/probe/principal_axes.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const shape = { dim: 5, classes: 3 };
const { features } = madeFeatures(80, { ...shape, distance: 2, seed: 1 });

Deno.test("principalAxes() makes the coordinates uncorrelated, with the mean squares that it says", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const x = tf.tensor2d(features, [80, 5]);
  const axes = await principalAxes(x);
  const turned = tf.tidy(() => alongAxes(x, axesTensor(axes)));
  const moments = tf.tidy(() => tf.div(tf.matMul(turned, turned, true, false), 80));
  (await moments.data()).forEach((moment, at) => {
    const wanted = at % 6 === 0 ? axes.values[at / 6]! : 0;
    assert.ok(Math.abs(moment - wanted) < 1e-5);
  });
  tf.dispose([x, turned, moments]);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("turnClassifier() turns a classifier with the features, and back", async () => {
  const x = tf.tensor2d(features, [80, 5]);
  const axes = await principalAxes(x);
  const turned = tf.tidy(() => alongAxes(x, axesTensor(axes)));
  const classifier = Float64Array.from({ length: 18 }, (_, i) => Math.sin(i));
  const there = turnClassifier(classifier, axes, shape);
  const turnedFeatures = await turned.data() as Float32Array;
  tf.dispose([x, turned]);
  assert.deepEqual(
    await classify(turnedFeatures, there, shape),
    await classify(features, classifier, shape),
  );
  turnClassifier(there, axes, { ...shape, back: true }).forEach((value, i) =>
    assert.ok(Math.abs(value - classifier[i]!) < 1e-12)
  );
});
