import * as tf from "@tensorflow/tfjs";
import type { BarlowTraining, OwnSettings } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { eachView } from "@/lib/objective/each_view.ts";
import type { Objective } from "@/lib/objective/objective.ts";

/**
 * Barlow Twins (Zbontar et al. 2021): each feature of one view is to agree with itself in the other, and with no other feature.
 *
 * {@linkcode redundancyLoss} of the projections of both views. Each view is normalised by the means and variances of its own
 * half of the batch, as in the authors' code; the running statistics follow the mean of both halves'. The head is theirs too:
 * three dense layers without bias, batch normalisation and ReLU between them.
 */
export function barlow(encoder: Encoder, settings: OwnSettings<BarlowTraining>): Objective {
  const head = mlpHead({ input: encoder.features, ...settings.head, layers: 3 });
  return {
    labelled: false,
    parameters: [...encoder.parameters, ...head.parameters],
    statistics: [...encoder.statistics, ...head.statistics],
    evaluate({ views: [views] }, parameters, { precision = "float32" } = {}) {
      const { one, two, statistics } = eachView(views!, parameters, {
        encoder,
        heads: [head],
        precision,
      });
      return {
        ...redundancyLoss(one.outputs[0]!, two.outputs[0]!, settings.redundancyWeight),
        features: one.features,
        statistics,
      };
    },
  };
}

// Of batch normalisation, as in the authors' code.
const EPSILON = 1e-5;

/**
 * The loss of Barlow Twins (equation 1): with C the correlations over the batch of each feature of one view with each of the
 * other,
 *
 *     Σ_i (1 − C_ii)² + λ Σ_i Σ_{j ≠ i} C_ij²
 *
 * @param one `[batch, dim]`, of the first view of each image.
 * @param two `[batch, dim]`, of the second.
 * @param weight λ.
 * @returns The loss, and the share of features that agree more with themselves in the other view than with any other.
 */
export function redundancyLoss(
  one: tf.Tensor2D,
  two: tf.Tensor2D,
  weight: number,
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const [batch, dim] = one.shape;
  const correlations = tf.div(tf.matMul(unitColumns(one), unitColumns(two), true), batch);
  const own = tf.eye(dim); // [dim, dim]
  const weights = tf.add(tf.mul(own, 1 - weight), weight);
  const loss = tf.sum(tf.mul(weights, tf.square(tf.sub(correlations, own)))) as tf.Scalar;
  const found = tf.equal(tf.argMax(correlations, 1), tf.range(0, dim, 1, "int32"));
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}

/** Each column with mean 0 and variance 1 over the rows. */
function unitColumns(rows: tf.Tensor2D): tf.Tensor2D {
  const centred = tf.sub(rows, tf.mean(rows, 0, true));
  const variance = tf.mean(tf.square(centred), 0, true);
  return tf.div(centred, tf.sqrt(tf.add(variance, EPSILON)));
}
