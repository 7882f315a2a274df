import * as tf from "@tensorflow/tfjs";
import { convolve, normalise, type Pass } from "@/lib/model/layers.ts";
import type { Layer, Op } from "@/lib/network/mod.ts";
import { maxPool2d, relu, toFloat32 } from "@/lib/tensor/mod.ts";

type Run<L> = (layer: L, x: tf.Tensor4D, pass: Pass) => tf.Tensor;

const run: { readonly [O in Op]: Run<Extract<Layer, { op: O }>> } = {
  convolution: (layer, x, pass) => convolve(x, pass, layer),
  normalisation: ({ name }, x, pass) => normalise(x, pass, name),
  relu: (_, x) => relu(x),
  "max pooling": ({ side, stride, padding }, x) => maxPool2d(x, { side, stride, padding }),
  residual: ({ layers, around }, x, pass) =>
    tf.add(runLayers(layers, x, pass), runLayers(around, x, pass)),
  // The mean of many numbers wants more than bfloat16's 8 bits.
  "mean over space": (_, x, pass) =>
    tf.mean(pass.precision === "bfloat16" ? toFloat32(x) : x, [1, 2]),
};

/**
 * Runs layers one after another.
 *
 * @param x What the first of them reads: images `[batch, height, width, channels]`.
 * @returns What the last of them makes.
 */
export function runLayers(layers: readonly Layer[], x: tf.Tensor4D, pass: Pass): tf.Tensor4D {
  // Each kind of layer is run as its own; and only the last, which ends in vectors, does not make images.
  return layers.reduce(
    (input, layer) => (run[layer.op] as Run<Layer>)(layer, input, pass) as tf.Tensor4D,
    x,
  );
}
