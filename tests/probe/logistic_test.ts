import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  classify,
  type LabelledFeatures,
  logisticRegression,
  logisticSize,
} from "@/lib/probe/logistic.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";

await loadBackend();

const size = { dim: 3, classes: 3 };
const data = madeFeatures(60, { ...size, distance: 1.5, seed: 3 });

/** The same minimum by plain gradient descent in float64, one image at a time. */
function descend({ features, labels }: LabelledFeatures, penalty: number): Float64Array {
  const { dim, classes } = size;
  const count = labels.length;
  const point = new Float64Array(logisticSize(size));
  for (let round = 0; round < 6000; round++) {
    const gradient = new Float64Array(point.length);
    for (let row = 0; row < count; row++) {
      const x = [...features.subarray(row * dim, (row + 1) * dim), 1];
      const scores = Array.from(
        { length: classes },
        (_, c) => Math.exp(x.reduce((sum, value, k) => sum + value * point[k * classes + c]!, 0)),
      );
      const total = scores.reduce((a, b) => a + b);
      x.forEach((value, k) =>
        scores.forEach((score, c) => {
          const error = score / total - Number(c === labels[row]);
          gradient[k * classes + c]! += value * error / count;
        })
      );
    }
    for (let i = 0; i < dim * classes; i++) gradient[i]! += penalty * point[i]!;
    for (let i = 0; i < point.length; i++) point[i]! -= 0.5 * gradient[i]!;
  }
  return point;
}

Deno.test("logisticRegression() finds the minimum that plain gradient descent finds", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const regression = logisticRegression(data, size);
  const start = new Float64Array(logisticSize(size));
  for (const penalty of [0.3, 0.03]) {
    const { point, converged } = await regression.fit(penalty, start);
    const wanted = descend(data, penalty);
    assert.ok(converged);
    // A shift of all classes' biases changes no probability; the weights' shift is fixed by the penalty.
    const bias = (p: Float64Array, c: number) => p[9 + c]! - p[9]!;
    for (let i = 0; i < 9; i++) assert.ok(Math.abs(point[i]! - wanted[i]!) < 2e-3);
    for (let c = 0; c < 3; c++) assert.ok(Math.abs(bias(point, c) - bias(wanted, c)) < 2e-3);
  }
  regression.dispose();
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("logisticRegression() leaves the bias free of the penalty", async () => {
  // Under an enormous penalty only the bias is left, which then gives the classes' shares: 3 to 1.
  const features = Float32Array.of(1, -1, 1, -1);
  const regression = logisticRegression({ features, labels: Uint16Array.of(0, 0, 0, 1) }, {
    dim: 1,
    classes: 2,
  });
  const { point } = await regression.fit(1e4, new Float64Array(4));
  regression.dispose();
  assert.ok(Math.abs(point[2]! - point[3]! - Math.log(3)) < 1e-2);
});

Deno.test("classify() takes the largest logit, the lower class of two equals", () => {
  // Weights [dim, classes] and bias: class 0 = x, class 1 = -x, class 2 = 0.5.
  const point = Float64Array.of(1, -1, 0, 0, 0, 0.5);
  const predictions = classify(Float32Array.of(2, -2, 0.1, 0.5), point, { dim: 1, classes: 3 });
  assert.deepEqual([...predictions], [0, 1, 2, 0]);
});
