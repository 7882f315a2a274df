import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { classifierSize } from "@/lib/probe/classify.ts";
import { isConverged, logisticRegression } from "@/lib/probe/logistic.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { plainLoss, plainMinimum } from "@/tests/probe/plain_logistic.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

Deno.test("logisticRegression() finds the minimum that Newton's method finds in float64", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const shape = { dim: 3, classes: 3 };
  const data = madeFeatures(60, { ...shape, distance: 1.5, seed: 3 });
  const regression = logisticRegression(shape);
  const fits = await regression.on(data);
  const start = new Float64Array(classifierSize(shape));
  for (const penalty of [0.3, 0.03, 1e-4]) {
    const { point, converged } = await fits.fit(penalty, start);
    const wanted = plainMinimum(data, { ...shape, penalty });
    assert.ok(converged);
    // A shift of all classes' biases changes no probability; the weights' shift is fixed by the penalty.
    const bias = (p: Float64Array, c: number) => p[9 + c]! - p[9]!;
    for (let i = 0; i < 9; i++) assert.ok(Math.abs(point[i]! - wanted[i]!) < 2e-3);
    for (let c = 0; c < 3; c++) assert.ok(Math.abs(bias(point, c) - bias(wanted, c)) < 2e-3);
  }
  fits.dispose();
  regression.dispose();
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("logisticRegression() ends where the gradient in float64 proves the loss minimal", async () => {
  const shape = { dim: 24, classes: 12 };
  const data = madeFeatures(1200, { ...shape, distance: 1, seed: 5 });
  const regression = logisticRegression(shape);
  const fits = await regression.on(data);
  let start: Float64Array = new Float64Array(classifierSize(shape));
  for (const penalty of [1e-1, 1e-3, 1e-5]) {
    const { point, value, converged } = await fits.fit(penalty, start);
    start = point;
    const plain = plainLoss(data, { ...shape, point, penalty });
    assert.ok(converged);
    assert.ok(Math.abs(plain.value - value) < 1e-6 * value);
    const square = plain.gradient.reduce((sum, slope) => sum + slope * slope, 0);
    // The loss is within this of its minimum; float32 may add a little to the criterion's 1e-5.
    assert.ok(square / (2 * penalty) < 2e-5 * value, `${square / (2 * penalty) / value}`);
  }
  fits.dispose();
  regression.dispose();
});

Deno.test("logisticRegression() converges on features of very different spread that correlate", async () => {
  const shape = { dim: 20, classes: 6 };
  const plain = madeFeatures(400, { ...shape, distance: 1, seed: 9 });
  // Every feature has the first in it, and the last is a thousand times smaller.
  const features = plain.features.map((value, i) => {
    const first = plain.features[i - i % 20]!;
    return (10 * first + value) * 10 ** (-3 * (i % 20) / 19);
  });
  const regression = logisticRegression(shape);
  const fits = await regression.on({ ...plain, features });
  const { converged, iterations } = await fits.fit(1e-4, new Float64Array(classifierSize(shape)));
  fits.dispose();
  regression.dispose();
  assert.ok(converged);
  assert.ok(iterations < 300, `${iterations} iterations`);
});

Deno.test("isConverged() bounds the distance to the minimum by the penalty, and by 1e-3 at most", () => {
  const gradient = Float64Array.of(3e-6, 4e-6); // of norm 5e-6
  assert.equal(isConverged({ value: 1, gradient }, 1.3e-6), true);
  assert.equal(isConverged({ value: 1, gradient }, 1.2e-6), false);
  assert.equal(isConverged({ value: 0.5, gradient }, 1.3e-6), false);
  // A smaller loss counts as 0.01.
  assert.equal(isConverged({ value: 0, gradient: gradient.map((slope) => 2 * slope) }, 1e-3), true);
  assert.equal(
    isConverged({ value: 0, gradient: gradient.map((slope) => 4 * slope) }, 1e-3),
    false,
  );
  const steeper = gradient.map((slope) => 100 * slope);
  assert.equal(isConverged({ value: 1, gradient: steeper }, 1), false);
});

Deno.test("logisticRegression() leaves the bias free of the penalty", async () => {
  // Under an enormous penalty only the bias is left, which then gives the classes' shares: 3 to 1.
  const features = Float32Array.of(1, -1, 1, -1);
  const regression = logisticRegression({ dim: 1, classes: 2 });
  const fits = await regression.on({ features, labels: Uint16Array.of(0, 0, 0, 1) });
  const { point } = await fits.fit(1e4, new Float64Array(4));
  fits.dispose();
  regression.dispose();
  assert.ok(Math.abs(point[2]! - point[3]! - Math.log(3)) < 1e-3);
});
