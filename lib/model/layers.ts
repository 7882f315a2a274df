import * as tf from "@tensorflow/tfjs";
import {
  batchNorm,
  batchNormInference,
  convolve2d,
  type Precision,
  toBfloat16,
  toFloat32,
} from "@/lib/tensor/mod.ts";

/** Tensors by name. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** How a model is run: with the statistics of the batch, or with running ones. */
export interface Mode {
  /** Whether batch normalisation uses the batch's own mean and variance. */
  readonly training: boolean;
  /** Running means and variances by name; read only where `training` is false. */
  readonly statistics: Tensors;
  /** Of activations and convolutions; float32 by default. */
  readonly precision?: Precision;
}

/** One run of a model: what it reads, and the batch statistics it meets on the way. */
export interface Pass extends Mode {
  readonly parameters: Tensors;
  /** Means and variances of this batch by the names of the running ones; filled where `training` is true. */
  readonly observed: Record<string, tf.Tensor>;
}

// As PyTorch and SimCLR have it.
const EPSILON = 1e-5;

/**
 * A square convolution with zero padding of `(side - 1) / 2` on every edge, as PyTorch pads.
 *
 * @param x `[batch, height, width, input]`.
 * @returns `[batch, ceil(height / stride), ceil(width / stride), output]`.
 */
export function convolve(
  x: tf.Tensor4D,
  pass: Pass,
  layer: { readonly name: string; readonly stride: 1 | 2 },
): tf.Tensor4D {
  const master = named(pass.parameters, `${layer.name}.weight`) as tf.Tensor4D;
  const kernel = pass.precision === "bfloat16" ? toBfloat16(master) : master;
  return convolve2d(x, kernel, { stride: layer.stride, padding: (kernel.shape[0] - 1) / 2 });
}

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015).
 *
 * @param x `[batch, height, width, channels]` or `[batch, channels]`.
 */
export function normalise<T extends tf.Tensor>(x: T, pass: Pass, name: string): T {
  const scale = named(pass.parameters, `${name}.weight`) as tf.Tensor1D;
  const offset = named(pass.parameters, `${name}.bias`) as tf.Tensor1D;
  if (!pass.training) {
    const mean = named(pass.statistics, `${name}.running_mean`) as tf.Tensor1D;
    const variance = named(pass.statistics, `${name}.running_var`) as tf.Tensor1D;
    const given = { mean, variance, epsilon: EPSILON };
    if (pass.precision !== "bfloat16") return batchNormInference(x, scale, offset, given);
    return toBfloat16(batchNormInference(toFloat32(x), scale, offset, given));
  }
  const { y, mean, variance } = batchNorm(x, scale, offset, { epsilon: EPSILON });
  pass.observed[`${name}.running_mean`] = mean;
  pass.observed[`${name}.running_var`] = variance;
  return y;
}

/** The tensor of a name. */
export function named(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) {
    throw new TypeError(`Cannot run the model: "${name}" is not among its tensors`);
  }
  return tensor;
}
