import * as tf from "@tensorflow/tfjs";

/** x Φ(x), where Φ is the distribution function of the standard normal (Hendrycks and Gimpel 2016). */
export function gelu<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
