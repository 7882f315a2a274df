import * as tf from "@tensorflow/tfjs";
import type { OpAttribute } from "@/lib/tensor/executor.ts";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { plainBatchNorm } from "@/lib/tensor/portable/batch_norm.ts";
import {
  boolAttribute,
  floatAttribute,
  runOp,
  type SaveTensors,
  stringAttribute,
  typeAttribute,
} from "@/lib/tensor/ops/raw.ts";

/** What `batchNorm()` gives. */
export interface BatchNormResult<T extends tf.Tensor> {
  /** Normalised, scaled, offset; of the shape of x. */
  readonly y: T;
  /** `[channels]`, the batch's mean; outside the gradient. */
  readonly mean: tf.Tensor1D;
  /** `[channels]`, the batch's variance, unbiased (divided by n - 1, where y is made with n); outside the gradient. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation with the statistics of the batch, as in training; on TensorFlow in one op (`FusedBatchNormV3`).
 *
 * @param x `[batch, height, width, channels]` or `[batch, channels]`, float32.
 * @param scale `[channels]`.
 * @param offset `[channels]`.
 * @param options.epsilon Added to the variance.
 */
export function batchNorm<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  options: { epsilon: number },
): BatchNormResult<T> {
  return tf.tidy(() => {
    const images = asImages(x);
    const normalise = onTensorFlow() ? fusedBatchNorm : plainBatchNorm;
    const { y, mean, variance } = normalise(images, scale, offset, options);
    return { y: tf.reshape(y, x.shape) as T, mean, variance };
  });
}

/**
 * Batch normalisation with given statistics, as in evaluation; gradients flow to x, scale and offset.
 *
 * @param x `[batch, height, width, channels]` or `[batch, channels]`, float32.
 * @param scale `[channels]`.
 * @param offset `[channels]`.
 * @param options.mean `[channels]`.
 * @param options.variance `[channels]`.
 * @param options.epsilon Added to the variance.
 */
export function batchNormInference<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  options: { mean: tf.Tensor1D; variance: tf.Tensor1D; epsilon: number },
): T {
  return tf.tidy(() => {
    const { mean, variance, epsilon } = options;
    const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor))) as T;
  });
}

/** By `FusedBatchNormV3`; x is `[batch, height, width, channels]`. */
function fusedBatchNorm(
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  options: { epsilon: number },
): BatchNormResult<tf.Tensor> {
  const attributes = normAttributes({ epsilon: options.epsilon, training: true });
  const none = tf.tensor1d([]);
  const [value, mean, variance, ...reserved] = runOp(
    "FusedBatchNormV3",
    [x, scale, offset, none, none],
    { attributes, outputs: 6 },
  );
  const withGradient = tf.customGrad((...args) => {
    const [xIn, scaleIn, , save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, SaveTensors];
    save([xIn, scaleIn, ...reserved]);
    return {
      value: tf.clone(value!),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runOp("FusedBatchNormGradV3", [dy, ...saved], { attributes, outputs: 5 }).slice(0, 3),
    };
  });
  const y = withGradient(x, scale, offset);
  return { y, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

function asImages(x: tf.Tensor): tf.Tensor4D {
  if (x.rank === 4) return x as tf.Tensor4D;
  if (x.rank === 2) return tf.reshape(x as tf.Tensor2D, [x.shape[0]!, 1, 1, x.shape[1]!]);
  throw new RangeError(`Cannot normalise a batch of shape [${x.shape}]: its rank must be 2 or 4`);
}

function normAttributes(options: { epsilon: number; training: boolean }): OpAttribute[] {
  return [
    typeAttribute("T", "float32"),
    typeAttribute("U", "float32"),
    floatAttribute("epsilon", options.epsilon),
    stringAttribute("data_format", "NHWC"),
    boolAttribute("is_training", options.training),
  ];
}
