import * as tf from "@tensorflow/tfjs";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * InfoNCE with a queue of negatives (van den Oord et al. 2018; He et al. 2020, equation 1).
 *
 * With cosines over the temperature: mean over i of −log(exp(q_i·k_i) / (exp(q_i·k_i) + Σ_j exp(q_i·n_j))).
 *
 * @param queries `[batch, dim]`, not normalised.
 * @param keys `[batch, dim]`, unit vectors; row i is the one to be found by query i.
 * @param options.negatives `[queue, dim]`, unit vectors.
 * @param options.temperature What the cosines are divided by.
 * @returns The mean loss, and the share of queries to which their own key is nearer than all negatives.
 */
export function infoNce(
  queries: tf.Tensor2D,
  keys: tf.Tensor2D,
  options: { readonly negatives: tf.Tensor2D; readonly temperature: number },
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const unit = unitRows(queries);
  const own = tf.div(tf.sum(tf.mul(unit, keys), 1, true), options.temperature); // [batch, 1]
  const others = tf.div(tf.matMul(unit, options.negatives, false, true), options.temperature);
  const all = tf.concat([own, others], 1); // [batch, 1 + queue]
  const loss = tf.mean(tf.sub(tf.logSumExp(all, 1), tf.squeeze(own, [1]))) as tf.Scalar;
  const found = tf.greater(tf.squeeze(own, [1]), tf.max(others, 1));
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}
