import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import { decays, type ParameterSpec } from "@/lib/model/parameters.ts";

/** An optimizer and its settings; a recipe's `optimizer` has this form. */
export interface OptimizerSettings {
  readonly name: "sgd" | "lars";
  readonly momentum: number;
  readonly weightDecay: number;
}

/** What an optimizer step reads. */
export interface OptimizerInputs {
  readonly parameters: Tensors;
  readonly gradients: Tensors;
  /** The momentum of each parameter, by the parameter's name. */
  readonly velocity: Tensors;
  /** Scalar. */
  readonly learningRate: tf.Scalar;
}

/** What an optimizer step makes. */
export interface OptimizerOutputs {
  readonly parameters: Tensors;
  readonly velocity: Tensors;
}

// SimCLR's `eeta` (its lars_optimizer.py).
const TRUST = 0.001;

/**
 * One step of the optimizer that the settings name, for every parameter of `specs`.
 *
 * Weight decay, and the layer-wise rate of LARS, spare batch normalisation and biases.
 */
export function optimize(
  inputs: OptimizerInputs,
  options: { readonly specs: readonly ParameterSpec[]; readonly settings: OptimizerSettings },
): OptimizerOutputs {
  const update = options.settings.name === "lars" ? lars : sgd;
  const parameters: Record<string, tf.Tensor> = {};
  const velocity: Record<string, tf.Tensor> = {};
  for (const spec of options.specs) {
    const one: One = {
      weight: named(inputs.parameters, spec.name),
      gradient: named(inputs.gradients, spec.name),
      velocity: named(inputs.velocity, spec.name),
      learningRate: inputs.learningRate,
    };
    const { weight, velocity: next } = update(one, { spec, settings: options.settings });
    parameters[spec.name] = weight;
    velocity[spec.name] = next;
  }
  return { parameters, velocity };
}

interface One {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly velocity: tf.Tensor;
  readonly learningRate: tf.Scalar;
}

interface Rule {
  readonly spec: ParameterSpec;
  readonly settings: OptimizerSettings;
}

/** v = momentum * v + g + decay * w; w = w - rate * v. */
function sgd(one: One, rule: Rule): { weight: tf.Tensor; velocity: tf.Tensor } {
  const velocity = tf.add(tf.mul(one.velocity, rule.settings.momentum), decayed(one, rule));
  return { weight: tf.sub(one.weight, tf.mul(velocity, one.learningRate)), velocity };
}

/**
 * LARS as SimCLR has it (You et al. 2017): g' = g + decay * w; v = momentum * v + rate * trust * |w| / |g'| * g'; w = w - v.
 * The rate is inside the momentum, and the factor is 1 where a norm is 0 or the parameter is spared.
 */
function lars(one: One, rule: Rule): { weight: tf.Tensor; velocity: tf.Tensor } {
  const gradient = decayed(one, rule);
  const factor = decays(rule.spec) ? trustRatio(one.weight, gradient) : tf.scalar(1);
  const move = tf.mul(gradient, tf.mul(one.learningRate, factor));
  const velocity = tf.add(tf.mul(one.velocity, rule.settings.momentum), move);
  return { weight: tf.sub(one.weight, velocity), velocity };
}

function decayed(one: One, rule: Rule): tf.Tensor {
  const decay = rule.settings.weightDecay;
  if (!decays(rule.spec) || decay === 0) return one.gradient;
  return tf.add(one.gradient, tf.mul(one.weight, decay));
}

function trustRatio(weight: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const weightNorm = tf.sqrt(tf.sum(tf.square(weight)));
  const gradientNorm = tf.sqrt(tf.sum(tf.square(gradient)));
  const bothPositive = tf.logicalAnd(tf.greater(weightNorm, 0), tf.greater(gradientNorm, 0));
  const ratio = tf.div(tf.mul(weightNorm, TRUST), tf.maximum(gradientNorm, 1e-30));
  return tf.where(bothPositive, ratio, tf.onesLike(ratio));
}
