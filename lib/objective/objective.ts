import type * as tf from "@tensorflow/tfjs";
import type { Tensors } from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/model/parameters.ts";
import type { Precision } from "@/lib/tensor/mod.ts";

/** One batch, as a method sees it. */
export interface Batch {
  /** `[views per image * images, height, width, 3]`, standardised; view v of image i is row v * images + i. */
  readonly views: tf.Tensor4D;
  /** `[images]`, int32; given to methods that are `labelled`. */
  readonly labels?: tf.Tensor1D;
}

/** What a method makes of a batch. */
export interface Evaluation {
  /** Scalar, the mean over the batch. */
  readonly loss: tf.Scalar;
  /** Scalar in 0..1: how often the method's own question is answered rightly. */
  readonly accuracy: tf.Scalar;
  /** The batch's means and variances by the names of the running ones. */
  readonly statistics: Tensors;
}

/** A training method: the specs of all its weights, the encoder's first, and its loss as a pure function of them. */
export interface Objective extends WeightSpecs {
  readonly viewsPerImage: number;
  /** Whether {@linkcode Batch.labels} is needed. */
  readonly labelled: boolean;
  /** @param precision Of the encoder's activations and convolutions; all else is float32. */
  evaluate(batch: Batch, parameters: Tensors, precision?: Precision): Evaluation;
}
