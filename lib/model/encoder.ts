import type * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/mod.ts";
import type { Mode, Pass, Tensors } from "@/lib/model/layers.ts";
import { runLayers } from "@/lib/model/run_layer.ts";
import { featureCount, layersOf, networkWeights, type WeightSpecs } from "@/lib/network/mod.ts";
import { toBfloat16 } from "@/lib/tensor/mod.ts";

/** A network that turns images into feature vectors: specs of its weights and a pure function of them. */
export interface Encoder extends WeightSpecs {
  /** The length of a feature vector. */
  readonly features: number;
  /**
   * @param images `[batch, height, width, 3]`, standardised.
   * @param parameters Tensors by name.
   * @returns Features `[batch, features]`, float32; in training mode also the batch's means and variances by the running
   *   ones' names.
   */
  forward(
    images: tf.Tensor4D,
    parameters: Tensors,
    mode: Mode,
  ): { features: tf.Tensor2D; statistics: Tensors };
}

/** A network that can be run. */
export function encoderOf(network: Network): Encoder {
  const layers = layersOf(network);
  return {
    features: featureCount(network),
    ...networkWeights(network),
    forward(images, parameters, mode) {
      const pass: Pass = { ...mode, parameters, observed: {} };
      const input = mode.precision === "bfloat16" ? toBfloat16(images) : images;
      const features = runLayers(layers, input, pass) as tf.Tensor2D;
      return { features, statistics: pass.observed };
    },
  };
}
