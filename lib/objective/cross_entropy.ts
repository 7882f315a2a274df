import * as tf from "@tensorflow/tfjs";
import { oneHot } from "@/lib/tensor/mod.ts";

/**
 * The softmax cross-entropy of class labels.
 *
 * @param logits `[batch, classes]`.
 * @param labels `[batch]`, int32, in 0..classes-1.
 * @returns The mean loss over the batch, and the share of rows whose largest logit is the label's.
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const wanted = oneHot(labels, logits.shape[1]);
  const loss = tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), 1))) as tf.Scalar;
  const found = tf.equal(tf.argMax(logits, 1), labels);
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}
