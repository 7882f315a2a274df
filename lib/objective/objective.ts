import type * as tf from "@tensorflow/tfjs";
import type { MethodTraining } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import type { Tensors } from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/network/mod.ts";
import type { Precision } from "@/lib/tensor/mod.ts";

/** One batch, as a method sees it. */
export interface Batch {
  /**
   * For each group of views that the training asks for, `[count * images, height, width, 3]`, standardised; view v of image i
   * is row v * images + i.
   */
  readonly views: readonly tf.Tensor4D[];
  /** `[images]`, int32; given to methods that are `labelled`. */
  readonly labels?: tf.Tensor1D;
}

/** What a method makes of a batch. */
export interface Evaluation {
  /** Scalar; of it the gradient is taken. */
  readonly loss: tf.Scalar;
  /** Scalar in 0..1: how often the method's own question is answered rightly. */
  readonly accuracy: tf.Scalar;
  /** `[rows, features]`: what the trained encoder makes of views of the batch, of the first of each image at least. */
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
  /** Scalars: the method's {@linkcode Objective.scheduled} numbers of the step by name; for a method that has some. */
  readonly scheduled?: Tensors;
}

/** A tensor that a method carries from step to step, and no gradient reaches. */
export interface MemorySpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** What it is before the first step: the weight of a name, rows that are random unit vectors, or zeros. */
  readonly start: { readonly copyOf: string } | "unit rows" | "zeros";
}

/** What a step leaves to a method's memory. */
export interface AfterStep {
  /** The weights after the step. */
  readonly parameters: Tensors;
  /** The running statistics after the step. */
  readonly statistics: Tensors;
  readonly remembered: Tensors;
  /** As in {@linkcode EvaluationOptions}. */
  readonly scheduled: Tensors;
}

/** What a method remembers beside its weights: a part of the training's state, read and written by the compiled step. */
export interface Memory {
  readonly tensors: readonly MemorySpec[];
  /** The tensors after the step, by name. */
  next(before: Tensors, after: AfterStep): Tensors;
  /**
   * The encoder that the training gives, by its own names, where that is a copy which the memory holds; by default it is the one
   * that gradients move.
   */
  kept?(memory: Tensors): Tensors;
}

/**
 * A number that changes from step to step.
 *
 * @param step From 0.
 * @param totalSteps Of the whole training.
 */
export type Scheduled = (step: number, totalSteps: number) => number;

/** A training method: the specs of all its weights, the encoder's first, and its loss as a pure function of them. */
export interface Objective extends WeightSpecs {
  /** Whether {@linkcode Batch.labels} is needed. */
  readonly labelled: boolean;
  /** Whether its question is also asked of held-out images in the end. */
  readonly asksHeldOut?: boolean;
  /** For a method that remembers more than its weights. */
  readonly memory?: Memory;
  /** By name, for a method in which something follows a schedule of its own, such as the momentum of a copy. */
  readonly scheduled?: { readonly [name: string]: Scheduled };
  evaluate(batch: Batch, parameters: Tensors, options?: EvaluationOptions): Evaluation;
}

/** What there is to train on. */
export interface TrainedOn {
  /** Classes of the labels; 0 where there are none. */
  readonly classes: number;
  readonly images: number;
}

/** Puts the loss of a training's method on top of an encoder. */
export type ObjectiveMaker<T extends MethodTraining> = (
  encoder: Encoder,
  training: T,
  data: TrainedOn,
) => Objective;
