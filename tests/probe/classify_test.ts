import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { classify } from "@/lib/probe/classify.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

Deno.test("classify() takes the largest logit, the lower class of two equals", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  // Weights [dim, classes] and bias: class 0 = x, class 1 = -x, class 2 = 0.5.
  const classifier = Float64Array.of(1, -1, 0, 0, 0, 0.5);
  const features = Float32Array.of(2, -2, 0.1, 0.5);
  const predictions = await classify(features, classifier, { dim: 1, classes: 3 });
  assert.deepEqual([...predictions], [0, 1, 2, 0]);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("classify() takes more images than fit into one block", async () => {
  const classes = 65_000, count = 600; // 258 rows a block
  const classifier = new Float32Array(2 * classes);
  classifier[7] = 1; // class 7 = x
  classifier[classes + 9] = 0.5; // class 9 = 0.5
  const features = Float32Array.from({ length: count }, (_, i) => i % 2);
  const predictions = await classify(features, classifier, { dim: 1, classes });
  assert.deepEqual([...predictions], Array.from({ length: count }, (_, i) => i % 2 ? 7 : 9));
});
