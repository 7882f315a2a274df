import * as tf from "@tensorflow/tfjs";

/** A function with a gradient of its own keeps tensors for it with the last argument that tfjs passes. */
type Saved = (tensors: tf.Tensor[]) => void;

/**
 * Batch normalisation out of tfjs's operations (Ioffe and Szegedy 2015), with the gradient in closed form: what tfjs
 * derives from the single steps keeps several copies of x until it is wanted.
 *
 * @param x `[…, channels]`.
 * @param scale `[channels]`.
 * @param offset `[channels]`.
 * @returns y like x; the batch's mean and unbiased variance, `[channels]`, outside the gradient.
 */
export function plainBatchNorm(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  options: { epsilon: number },
): { y: tf.Tensor; mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const rows = tf.reshape(x, [-1, scale.size]) as tf.Tensor2D;
  const n = rows.shape[0];
  const [mean, variance] = tf.unstack(batchStatistics(rows)) as [tf.Tensor1D, tf.Tensor1D];
  const normalise = tf.customGrad((...args) => {
    const [xIn, scaleIn, offsetIn, save] = args as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D, Saved];
    save([xIn, scaleIn, mean, variance]);
    return {
      value: tf.batchNorm(xIn, mean, variance, offsetIn, scaleIn, options.epsilon),
      gradFunc: (dy: tf.Tensor2D, saved: tf.Tensor[]) => gradients(dy, saved, options.epsilon),
    };
  });
  return {
    y: tf.reshape(normalise(rows, scale, offset), x.shape),
    mean,
    variance: tf.mul(variance, n / Math.max(n - 1, 1)),
  };
}

/** Mean and variance of each column, `[2, channels]`; no gradient flows through them. */
const batchStatistics = tf.customGrad((rows) => {
  const x = rows as tf.Tensor2D;
  const [n] = x.shape;
  const mean = tf.div(columnSums(x), n);
  const variance = tf.div(columnSums(tf.square(tf.sub(x, mean))), n);
  return { value: tf.stack([mean, variance]), gradFunc: () => tf.zeros(x.shape) };
});

/** `[channels]`; as a product of matrices six times as fast on wasm as `tf.sum`, which transposes x first. */
function columnSums(x: tf.Tensor2D): tf.Tensor {
  return tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x), [-1]);
}

/** The loss's gradients with respect to x, scale and offset. */
function gradients(dy: tf.Tensor2D, saved: tf.Tensor[], epsilon: number): tf.Tensor[] {
  const [x, scale, mean, variance] = saved as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const [n] = x.shape;
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const unit = tf.mul(tf.sub(x, mean), inverse); // [n, channels]
  const toOffset = columnSums(dy);
  const toScale = columnSums(tf.mul(dy, unit));
  const common = tf.add(tf.mul(unit, tf.div(toScale, n)), tf.div(toOffset, n));
  return [tf.mul(tf.sub(dy, common), tf.mul(scale, inverse)), toScale, toOffset];
}
