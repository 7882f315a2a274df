import * as tf from "@tensorflow/tfjs";

/**
 * Labels as rows of zeros with a one, `[count, classes]`, float32.
 *
 * @param labels `[count]`, int32, in 0..classes-1.
 */
export function oneHot(labels: tf.Tensor1D, classes: number): tf.Tensor2D {
  // tf.oneHot refuses a single class.
  if (classes === 1) return tf.ones([labels.shape[0], 1]);
  return tf.cast(tf.oneHot(labels, classes), "float32") as tf.Tensor2D;
}
