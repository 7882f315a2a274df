import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { convolve, named, normalise } from "@/lib/model/layers.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

/** A 3x3 kernel that copies the pixel at an offset of its centre. */
function copying(dy: number, dx: number): tf.Tensor4D {
  const values = new Float32Array(9);
  values[3 * (dy + 1) + dx + 1] = 1;
  return tf.tensor4d(values, [3, 3, 1, 1]);
}

function convolved(kernel: tf.Tensor4D, stride: 1 | 2): number[] {
  return tf.tidy(() => {
    const image = tf.tensor4d(Array.from({ length: 16 }, (_, i) => i + 1), [1, 4, 4, 1]);
    const pass = {
      parameters: { "c.weight": kernel },
      training: false,
      statistics: {},
      observed: {},
    };
    return [...convolve(image, pass, { name: "c", stride }).dataSync()];
  });
}

Deno.test("convolve() at stride 2 looks at the pixels that PyTorch's padding of 1 looks at", () => {
  // Rows and columns 0 and 2 are the centres; TensorFlow's "same" would take 1 and 3.
  assert.deepEqual(convolved(copying(0, 0), 2), [1, 3, 9, 11]);
  assert.deepEqual(convolved(copying(-1, -1), 2), [0, 0, 0, 6]);
  assert.deepEqual(convolved(copying(1, 1), 2), [6, 8, 14, 16]);
});

Deno.test("convolve() at stride 1 keeps the size and pads with zeros", () => {
  assert.deepEqual(
    convolved(copying(0, 1), 1),
    [2, 3, 4, 0, 6, 7, 8, 0, 10, 11, 12, 0, 14, 15, 16, 0],
  );
});

Deno.test("convolve() of one pixel at stride 2 takes every other pixel", () => {
  assert.deepEqual(convolved(tf.ones([1, 1, 1, 1]), 2), [1, 3, 9, 11]);
});

Deno.test("normalise() uses the running statistics outside training", () => {
  tf.tidy(() => {
    const y = normalise(tf.tensor2d([[3], [5]]), {
      parameters: { "n.weight": tf.tensor1d([2]), "n.bias": tf.tensor1d([10]) },
      statistics: { "n.running_mean": tf.tensor1d([1]), "n.running_var": tf.tensor1d([4]) },
      training: false,
      observed: {},
    }, "n");
    const [first, second] = y.dataSync();
    assert.ok(Math.abs(first! - 12) < 1e-4);
    assert.ok(Math.abs(second! - 14) < 1e-4);
  });
});

Deno.test("named() says which tensor is missing", () => {
  assert.throws(() => named({}, "fc.weight"), {
    message: 'Cannot run the model: "fc.weight" is not among its tensors',
  });
});
