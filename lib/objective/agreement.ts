import * as tf from "@tensorflow/tfjs";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * The squared distance of predictions from their targets, both as unit vectors: 2 − 2 cos (Grill et al. 2020, equation 2).
 *
 * @param predictions `[batch, dim]`, not normalised.
 * @param targets `[batch, dim]`, not normalised; row i is what prediction i is to be like.
 * @returns The mean distance, in 0..4, and the share of predictions whose own target is the nearest of the batch's.
 */
export function agreement(
  predictions: tf.Tensor2D,
  targets: tf.Tensor2D,
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const [p, t] = [unitRows(predictions), unitRows(targets)];
  const cosine = tf.sum(tf.mul(p, t), 1);
  const loss = tf.mean(tf.sub(2, tf.mul(cosine, 2))) as tf.Scalar;
  const nearest = tf.argMax(tf.matMul(p, t, false, true), 1);
  const found = tf.equal(nearest, tf.range(0, predictions.shape[0], 1, "int32"));
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}
