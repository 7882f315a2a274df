import * as tf from "@tensorflow/tfjs";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * The normalised temperature-scaled cross-entropy of SimCLR (Chen et al. 2020, equation 1).
 *
 * Each of the 2n projections has to find its partner among the 2n - 1 others by cosine similarity.
 *
 * @param projections `[2n, dim]`, not normalised; rows i and i + n are two views of one image.
 * @param temperature What the similarities are divided by.
 * @returns The mean loss over the 2n rows, and the share of rows whose partner is the most similar of all.
 */
export function ntXent(
  projections: tf.Tensor2D,
  temperature: number,
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const rows = projections.shape[0];
  const n = rows / 2;
  const unit = unitRows(projections);
  const similarity = tf.div(tf.matMul(unit, unit, false, true), temperature); // [2n, 2n]
  // A row is no candidate for itself.
  const candidates = tf.sub(similarity, tf.mul(tf.eye(rows), 1e9));
  const partners = tf.concat([tf.slice(unit, [n, 0], [n, -1]), tf.slice(unit, [0, 0], [n, -1])]);
  const positive = tf.div(tf.sum(tf.mul(unit, partners), 1), temperature); // [2n]
  const loss = tf.mean(tf.sub(tf.logSumExp(candidates, 1), positive)) as tf.Scalar;
  const wanted = tf.tensor1d(Int32Array.from({ length: rows }, (_, i) => (i + n) % rows), "int32");
  const found = tf.equal(tf.argMax(candidates, 1), wanted);
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}
