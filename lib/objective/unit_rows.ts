import * as tf from "@tensorflow/tfjs";

/** Each row divided by its length; a row of zeros stays one. `[rows, dim]`. */
export function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  const length = tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), 1e-12));
  return tf.div(rows, length);
}
