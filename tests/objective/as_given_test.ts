import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { asGiven } from "@/lib/objective/as_given.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("asGiven() keeps the values and lets no gradient pass", () => {
  tf.tidy(() => {
    const x = tf.tensor1d([2, -3]);
    assert.deepEqual([...asGiven(x).dataSync()], [2, -3]);
    // Of x² with one x as given: half the gradient.
    const gradient = tf.grad((x) => tf.sum(tf.mul(x, asGiven(x))))(x);
    assert.deepEqual([...gradient.dataSync()], [2, -3]);
  });
});
