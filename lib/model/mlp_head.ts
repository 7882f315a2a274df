import * as tf from "@tensorflow/tfjs";
import {
  type Mode,
  named,
  normalisation,
  normalise,
  type Pass,
  runningStatistics,
  type Tensors,
} from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/model/parameters.ts";
import { relu } from "@/lib/tensor/mod.ts";

/** A small network on top of an encoder, thrown away after training. */
export interface Head extends WeightSpecs {
  /**
   * @param features `[batch, input]`.
   * @returns `[batch, output]`; in training mode also the batch's means and variances by the running ones' names.
   */
  forward(
    features: tf.Tensor2D,
    parameters: Tensors,
    mode: Mode,
  ): { output: tf.Tensor2D; statistics: Tensors };
}

/** SimCLR's nonlinear projection: dense, batch normalisation, ReLU, dense without bias (Chen et al. 2020, section 4.2). */
export function mlpHead(
  size: { readonly input: number; readonly hidden: number; readonly output: number },
): Head {
  const { input, hidden, output } = size;
  return {
    parameters: [
      { name: "head.0.weight", kind: "dense", shape: [input, hidden] },
      ...normalisation("head.1", hidden),
      { name: "head.3.weight", kind: "dense", shape: [hidden, output] },
    ],
    statistics: runningStatistics("head.1", hidden),
    forward(features, parameters, mode) {
      const pass: Pass = { ...mode, parameters, observed: {} };
      const first = tf.matMul(features, named(parameters, "head.0.weight"));
      const active = relu(normalise(first, pass, "head.1"));
      const projected = tf.matMul(active, named(parameters, "head.3.weight"));
      return { output: projected as tf.Tensor2D, statistics: pass.observed };
    },
  };
}
