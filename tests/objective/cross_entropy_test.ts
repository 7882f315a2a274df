import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "@/lib/objective/cross_entropy.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("crossEntropy() gives the loss and accuracy worked out by hand", () => {
  const [loss, accuracy] = tf.tidy(() => {
    const logits = tf.tensor2d([[1, 2, 3], [0, 0, 4]]);
    const result = crossEntropy(logits, tf.tensor1d([2, 0], "int32"));
    return [result.loss.dataSync()[0]!, result.accuracy.dataSync()[0]!];
  });
  const first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 3;
  const second = Math.log(1 + 1 + Math.exp(4)) - 0;
  assert.ok(Math.abs(loss - (first + second) / 2) < 1e-5);
  assert.equal(accuracy, 0.5);
});

Deno.test("crossEntropy() of a single class has no loss, and is right", () => {
  const found = tf.tidy(() => {
    const result = crossEntropy(tf.tensor2d([[3], [-1]]), tf.tensor1d([0, 0], "int32"));
    return [result.loss.dataSync()[0]!, result.accuracy.dataSync()[0]!];
  });
  assert.deepEqual(found.map(Math.abs), [0, 1]);
});
