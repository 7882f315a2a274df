import * as tf from "@tensorflow/tfjs";
import type { AdamOptimizer, MomentumOptimizer, Optimizer } from "@/dsl/training.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import { decays } from "@/lib/model/parameters.ts";
import type { ParameterSpec } from "@/lib/network/mod.ts";

export type { Optimizer as OptimizerSettings };

/** What an optimizer remembers from step to step: a list of tensors for each parameter, by the parameter's name. */
export type Slots = Readonly<Record<string, readonly tf.Tensor[]>>;

/** What an optimizer step reads. */
export interface OptimizerInputs {
  readonly parameters: Tensors;
  readonly gradients: Tensors;
  readonly slots: Slots;
  /** Scalar. */
  readonly learningRate: tf.Scalar;
}

/** What an optimizer step makes. */
export interface OptimizerOutputs {
  readonly parameters: Tensors;
  readonly slots: Slots;
}

// SimCLR's `eeta` (its lars_optimizer.py).
const TRUST = 0.001;
// Keeps Adam from dividing by 0 (Kingma and Ba 2015, algorithm 1).
const EPSILON = 1e-8;

/**
 * The shapes of a parameter's slots, all of which are 0 before the first step.
 *
 * SGD and LARS remember the velocity; Adam the two running means, and what they weigh together.
 */
export function slotShapes(
  optimizer: Optimizer["name"],
  shape: readonly number[],
): readonly (readonly number[])[] {
  return optimizer === "adam" ? [shape, shape, [], []] : [shape];
}

/**
 * One step of the optimizer that the settings name, for every parameter of `specs`.
 *
 * Weight decay, and the layer-wise rate of LARS, spare batch normalisation and biases.
 */
export function optimize(
  inputs: OptimizerInputs,
  options: { readonly specs: readonly ParameterSpec[]; readonly settings: Optimizer },
): OptimizerOutputs {
  const parameters: Record<string, tf.Tensor> = {};
  const slots: Record<string, readonly tf.Tensor[]> = {};
  for (const spec of options.specs) {
    const moved = move({
      weight: named(inputs.parameters, spec.name),
      gradient: named(inputs.gradients, spec.name),
      slots: inputs.slots[spec.name]!,
      learningRate: inputs.learningRate,
      decays: decays(spec),
    }, options.settings);
    parameters[spec.name] = moved.weight;
    slots[spec.name] = moved.slots;
  }
  return { parameters, slots };
}

/** One parameter before the step. */
interface One {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
  readonly learningRate: tf.Scalar;
  readonly decays: boolean;
}

/** One parameter after the step. */
interface Moved {
  readonly weight: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
}

function move(one: One, settings: Optimizer): Moved {
  switch (settings.name) {
    case "sgd":
      return sgd(one, settings);
    case "lars":
      return lars(one, settings);
    case "adam":
      return adam(one, settings);
  }
}

/** v = momentum * v + g + decay * w; w = w - rate * v. */
function sgd(one: One, { momentum, weightDecay }: MomentumOptimizer): Moved {
  const velocity = tf.add(tf.mul(one.slots[0]!, momentum), decayed(one, weightDecay));
  return { weight: tf.sub(one.weight, tf.mul(velocity, one.learningRate)), slots: [velocity] };
}

/**
 * LARS as SimCLR has it (You et al. 2017): g' = g + decay * w; v = momentum * v + rate * trust * |w| / |g'| * g'; w = w - v.
 * The rate is inside the momentum, and the factor is 1 where a norm is 0 or the parameter is spared.
 */
function lars(one: One, { momentum, weightDecay }: MomentumOptimizer): Moved {
  const gradient = decayed(one, weightDecay);
  const factor = one.decays ? trustRatio(one.weight, gradient) : tf.scalar(1);
  const step = tf.mul(gradient, tf.mul(one.learningRate, factor));
  const velocity = tf.add(tf.mul(one.slots[0]!, momentum), step);
  return { weight: tf.sub(one.weight, velocity), slots: [velocity] };
}

/**
 * AdamW: m = beta1 * m + (1 - beta1) * g; s = beta2 * s + (1 - beta2) * g²; w = w - rate * (m' / (√s' + ε) + decay * w).
 *
 * m' and s' are m / (1 - beta1^t) and s / (1 - beta2^t), the bias correction of step t. The divisors are the same running
 * means, taken of ones: so they need no count of steps, and no difference of nearly equal numbers.
 */
function adam(one: One, { beta1, beta2, weightDecay }: AdamOptimizer): Moved {
  const [mean, square, meanOfOnes, squareOfOnes] = one.slots as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const nextMean = follow(mean, one.gradient, beta1);
  const nextSquare = follow(square, tf.square(one.gradient), beta2);
  const nextMeanOfOnes = follow(meanOfOnes, tf.scalar(1), beta1);
  const nextSquareOfOnes = follow(squareOfOnes, tf.scalar(1), beta2);
  const deviation = tf.sqrt(tf.div(nextSquare, nextSquareOfOnes));
  const direction = tf.div(tf.div(nextMean, nextMeanOfOnes), tf.add(deviation, EPSILON));
  const step = decayed({ ...one, gradient: direction }, weightDecay);
  return {
    weight: tf.sub(one.weight, tf.mul(step, one.learningRate)),
    slots: [nextMean, nextSquare, nextMeanOfOnes, nextSquareOfOnes],
  };
}

/** The running mean, a step on: decay * mean + (1 - decay) * value. */
function follow(mean: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(mean, decay), tf.mul(value, 1 - decay));
}

/** The gradient with the pull of weight decay, which spares some parameters. */
function decayed(one: One, weightDecay: number): tf.Tensor {
  if (!one.decays || weightDecay === 0) return one.gradient;
  return tf.add(one.gradient, tf.mul(one.weight, weightDecay));
}

function trustRatio(weight: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const weightNorm = tf.sqrt(tf.sum(tf.square(weight)));
  const gradientNorm = tf.sqrt(tf.sum(tf.square(gradient)));
  const bothPositive = tf.logicalAnd(tf.greater(weightNorm, 0), tf.greater(gradientNorm, 0));
  const ratio = tf.div(tf.mul(weightNorm, TRUST), tf.maximum(gradientNorm, 1e-30));
  return tf.where(bothPositive, ratio, tf.onesLike(ratio));
}
