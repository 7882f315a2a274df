import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  batchNorm,
  compile,
  convolve2d,
  cropAndResize,
  gatherImages,
  loadBackend,
  relu,
  uint8Tensor,
} from "@/lib/tensor/mod.ts";
import { runOp } from "@/lib/tensor/ops/raw.ts";
import { assertAllClose, assertClose, normal } from "@/tests/tensor/numbers.ts";

await loadBackend();

/** All that a training step has: bytes, crops, a convolution, normalisation, gradients. */
function miniature(inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const [images, indices, boxes, kernel] = inputs as [
    tf.Tensor,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor4D,
  ];
  const crops = cropAndResize(gatherImages(images, indices), boxes, { size: [6, 6] });
  const ones = tf.ones([4]) as tf.Tensor1D, zeros = tf.zeros([4]) as tf.Tensor1D;
  const { value, grads } = tf.valueAndGrads((w) => {
    const convolved = convolve2d(crops, w as tf.Tensor4D, { stride: 2, padding: 1 });
    const features = tf.mean(relu(batchNorm(convolved, ones, zeros, { epsilon: 1e-3 }).y), [1, 2]);
    return tf.mean(tf.logSumExp(tf.square(features), 1));
  })([kernel]);
  return [value, ...grads, crops, tf.argMax(tf.reshape(crops, [crops.shape[0], -1]), 1)];
}

Deno.test("compile() with xla gives what it gives without, over what a training step uses", async () => {
  const bytes = Uint8Array.from({ length: 3 * 8 * 8 * 3 }, (_, i) => Math.imul(i, 7919) & 255);
  const inputs = [
    uint8Tensor(bytes, [3, 8, 8, 3]),
    tf.tensor1d([2, 0], "int32"),
    tf.tensor2d([[0, 0, 1, 1], [0.1, 0.9, 0.8, 0.2], [-0.2, 0, 0.5, 1.3], [0.5, 1, 0.5, 0]]),
    normal([3, 3, 3, 4], 1),
  ];
  const plain = compile(miniature), byXla = compile(miniature, { xla: true });
  const expected = await plain(inputs);
  for (const outputs of [await byXla(inputs), byXla.sync(inputs)]) {
    assertAllClose(outputs, expected);
    tf.dispose(outputs);
  }
  plain.dispose();
  byXla.dispose();
  tf.dispose([inputs, expected]);
});

Deno.test("cropAndResize() for XLA agrees with TensorFlow's own for a crop of one place", () => {
  tf.tidy(() => {
    const images = normal<tf.Tensor4D>([2, 5, 4, 3], 1), boxes = tf.tensor2d([[0, 0.2, 0.9, 0.7]]);
    const crop = (xla: boolean) => {
      const f = compile(([x, b]) => [
        cropAndResize(x as tf.Tensor4D, b as tf.Tensor2D, { size: [1, 3] }),
      ], { xla });
      const [crops] = f.sync([images, boxes]);
      f.dispose();
      return crops!;
    };
    assertClose(crop(true), crop(false));
  });
});

Deno.test("compile() with xla says that XLA may be what an operation fails for", () => {
  tf.tidy(() => {
    const inputs = [tf.ones([1, 2, 2, 1]), tf.tensor2d([[0, 0, 1, 1]])];
    const missing = compile(([x, boxes]) => {
      const at = tf.zeros([1], "int32"), size = tf.tensor1d([2, 2], "int32");
      return runOp("CropAndResize", [x!, boxes!, at, size]);
    }, { xla: true });
    assert.throws(() => missing.sync(inputs), {
      name: "TensorFlowError",
      message: /\(XLA lacks some operations: without xla it may run\): .*CropAndResize/,
    });
  });
});
