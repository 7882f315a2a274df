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
  /** Scalar; of it the gradient is taken. */
  readonly loss: tf.Scalar;
  /** Scalar in 0..1: how often the method's own question is answered rightly. */
  readonly accuracy: tf.Scalar;
  /** `[rows, features]`: what the trained encoder makes of the batch's views, or of the first of each image. */
  readonly features: tf.Tensor2D;
  /** The batch's means and variances by the names of the running ones. */
  readonly statistics: Tensors;
  /** What the method's memory takes up of this batch. */
  readonly remembered?: Tensors;
}

/** How a batch is evaluated. */
export interface EvaluationOptions {
  /** Of the encoder's activations and convolutions; all else is float32, the default. */
  readonly precision?: Precision;
  /** The tensors of the method's {@linkcode Memory} by name; for a method that has one. */
  readonly memory?: Tensors;
}

/** A tensor that a method carries from step to step, and no gradient reaches. */
export interface MemorySpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Before the first step: a copy of the weight of this name, or, if null, rows that are random unit vectors. */
  readonly copyOf: string | null;
}

/** What a step leaves to a method's memory. */
export interface AfterStep {
  /** The weights after the step. */
  readonly parameters: Tensors;
  /** The running statistics after the step. */
  readonly statistics: Tensors;
  readonly remembered: Tensors;
  /** Scalar: the share of the new weights in the memory's copies. */
  readonly share: tf.Scalar;
}

/** What a method remembers beside its weights: a part of the training's state, read and written by the compiled step. */
export interface Memory {
  readonly tensors: readonly MemorySpec[];
  /**
   * The share of the new weights in the copies of weights: 1 - the momentum of the exponential moving average.
   *
   * @param step From 0.
   * @param totalSteps Of the whole training.
   */
  shareAt(step: number, totalSteps: number): number;
  /** The tensors after the step, by name. */
  next(before: Tensors, after: AfterStep): Tensors;
}

/** A training method: the specs of all its weights, the encoder's first, and its loss as a pure function of them. */
export interface Objective extends WeightSpecs {
  readonly viewsPerImage: number;
  /** Whether {@linkcode Batch.labels} is needed. */
  readonly labelled: boolean;
  /** For a method that remembers more than its weights. */
  readonly memory?: Memory;
  evaluate(batch: Batch, parameters: Tensors, options?: EvaluationOptions): Evaluation;
}
