import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { maxPool2d } from "@/lib/tensor/ops/max_pool.ts";

await loadBackend();

const options = { side: 3, stride: 2, padding: 1 };

Deno.test("maxPool2d() takes the largest of each window, which padding never is", () => {
  tf.tidy(() => {
    const pixels = tf.tensor4d([[9, 1, 2], [3, 0, 0], [0, 0, 8]].flat(), [1, 3, 3, 1]);
    assert.deepEqual([...maxPool2d(pixels, options).dataSync()], [9, 2, 3, 8]);
    // At an even side the padding behind is not reached, as in PyTorch; TensorFlow's "same" pads nothing before.
    const even = tf.tensor4d([[1, 2, 3, 4], [5, 6, 7, 8], [0, 0, 0, 0], [0, 0, 9, 0]].flat(), [
      1,
      4,
      4,
      1,
    ]);
    assert.deepEqual([...maxPool2d(even, options).dataSync()], [6, 8, 6, 9]);
  });
});

Deno.test("maxPool2d() without padding leaves the edge alone", () => {
  tf.tidy(() => {
    const pixels = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const pooled = maxPool2d(pixels, { side: 2, stride: 2, padding: 0 });
    assert.deepEqual([...pooled.dataSync()], [4]);
  });
});

Deno.test("maxPool2d() sends the gradient to the largest pixel of each window", () => {
  tf.tidy(() => {
    const pixels = tf.tensor4d([[9, 1, 2], [3, 0, 0], [0, 0, 8]].flat(), [1, 3, 3, 1]);
    const weights = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const gradient = tf.grad((x) => tf.sum(tf.mul(maxPool2d(x as tf.Tensor4D, options), weights)));
    assert.deepEqual([...gradient(pixels).dataSync()], [1, 0, 2, 3, 0, 0, 0, 0, 4]);
  });
});
