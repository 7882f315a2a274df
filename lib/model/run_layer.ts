import * as tf from "@tensorflow/tfjs";
import { gelu } from "@/lib/model/gelu.ts";
import { convolve, named, normalise, type Pass } from "@/lib/model/layers.ts";
import {
  addPositions,
  attend,
  cutPatches,
  dense,
  layerNormalise,
} from "@/lib/model/transformer.ts";
import type { Layer, Op } from "@/lib/network/mod.ts";
import { maxPool2d, relu, toFloat32 } from "@/lib/tensor/mod.ts";

type Run<L> = (layer: L, x: tf.Tensor, pass: Pass) => tf.Tensor;

// What a layer reads is what those make that a family has before it.
/** `[batch, height, width, channels]`. */
const images = (x: tf.Tensor) => x as tf.Tensor4D;
/** `[batch, tokens, channels]`. */
const tokens = (x: tf.Tensor) => x as tf.Tensor3D;

const run: { readonly [O in Op]: Run<Extract<Layer, { op: O }>> } = {
  convolution: (layer, x, pass) => convolve(images(x), pass, layer),
  normalisation: ({ name }, x, pass) => normalise(x, pass, name),
  relu: (_, x) => relu(x),
  "max pooling": ({ side, stride, padding }, x) => maxPool2d(images(x), { side, stride, padding }),
  residual: ({ layers, around }, x, pass) =>
    tf.add(runLayers(layers, x, pass), runLayers(around, x, pass)),
  // The mean of many numbers wants more than bfloat16's 8 bits.
  "mean over space": (_, x, pass) =>
    tf.mean(pass.precision === "bfloat16" ? toFloat32(x) : x, [1, 2]),
  patches: (layer, x, pass) => cutPatches(images(x), pass, layer),
  positions: (layer, x, pass) => addPositions(tokens(x), pass, layer),
  "layer normalisation": ({ name }, x, pass) => layerNormalise(x, pass, name),
  attention: (layer, x, pass) => attend(tokens(x), pass, layer),
  dense: ({ name }, x, pass) => dense(tokens(x), pass, name),
  gelu: (_, x) => gelu(x),
  "channel scale": ({ name }, x, pass) => tf.mul(x, named(pass.parameters, name)),
  "class token": (_, x) => tf.squeeze(tf.slice(tokens(x), [0, 0, 0], [-1, 1, -1]), [1]),
  "mean of patches": (_, x) => tf.mean(tf.slice(tokens(x), [0, 1, 0], [-1, -1, -1]), 1),
};

/**
 * Runs layers one after another.
 *
 * @param x What the first of them reads: of a network images `[batch, height, width, channels]`.
 * @returns What the last of them makes: of a network features `[batch, features]`.
 */
export function runLayers(layers: readonly Layer[], x: tf.Tensor, pass: Pass): tf.Tensor {
  // Each kind of layer is run as its own.
  return layers.reduce((input, layer) => (run[layer.op] as Run<Layer>)(layer, input, pass), x);
}
