import * as tf from "@tensorflow/tfjs";
import type { OwnSettings, VicregTraining } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { eachView } from "@/lib/objective/each_view.ts";
import type { Objective } from "@/lib/objective/objective.ts";

/** What each part of VICReg's loss counts. */
export type VicregWeights = Pick<
  VicregTraining,
  "invarianceWeight" | "varianceWeight" | "covarianceWeight"
>;

/**
 * VICReg (Bardes et al. 2022): the views of an image are to lie together, while each feature varies and no two vary alike.
 *
 * {@linkcode regularisedDistance} of the projections of both views, each normalised by the means and variances of its own half of
 * the batch; the running statistics follow the mean of both halves'. The head is the authors': three dense layers without bias,
 * batch normalisation and ReLU between them.
 */
export function vicreg(encoder: Encoder, settings: OwnSettings<VicregTraining>): Objective {
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
        ...regularisedDistance(one.outputs[0]!, two.outputs[0]!, settings),
        features: one.features,
        statistics,
      };
    },
  };
}

// Under the root of a variance, as published.
const EPSILON = 1e-4;

/**
 * VICReg's loss (equation 6), with the means of the authors' code: λ s(Z, Z') + μ (v(Z) + v(Z')) / 2 + ν (c(Z) + c(Z')), where s is
 * the mean square of the difference, v the mean over features of max(0, 1 − √(variance + 1e-4)) (equation 1), and c the sum of
 * the squared covariances of different features over their number (equation 4).
 *
 * @param one `[batch, dim]`, of the first view of each image.
 * @param two `[batch, dim]`, of the second.
 * @returns The loss, and the share of images whose first view lies nearer to their own second one than to any other's.
 */
export function regularisedDistance(
  one: tf.Tensor2D,
  two: tf.Tensor2D,
  weights: VicregWeights,
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const { invarianceWeight, varianceWeight, covarianceWeight } = weights;
  const apart = tf.mean(tf.square(tf.sub(one, two)));
  const [first, second] = [spreadOf(one), spreadOf(two)];
  const still = tf.mul(tf.add(first.still, second.still), 0.5);
  const alike = tf.add(first.alike, second.alike);
  const loss = tf.addN([
    tf.mul(apart, invarianceWeight),
    tf.mul(still, varianceWeight),
    tf.mul(alike, covarianceWeight),
  ]) as tf.Scalar;
  // The squared distance but for what all candidates have in common.
  const distances = tf.sub(tf.sum(tf.square(two), 1), tf.mul(tf.matMul(one, two, false, true), 2));
  const found = tf.equal(tf.argMin(distances, 1), tf.range(0, one.shape[0], 1, "int32"));
  return { loss, accuracy: tf.mean(tf.cast(found, "float32")) as tf.Scalar };
}

/** How far features are from varying by 1, and how much they vary together. */
function spreadOf(rows: tf.Tensor2D): { still: tf.Tensor; alike: tf.Tensor } {
  const [batch, dim] = rows.shape;
  const centred = tf.sub(rows, tf.mean(rows, 0, true));
  const covariances = tf.div(tf.matMul(centred, centred, true), batch - 1); // [dim, dim]
  const variances = tf.div(tf.sum(tf.square(centred), 0), batch - 1); // [dim]
  const deviations = tf.sqrt(tf.add(variances, EPSILON));
  const others = tf.sub(1, tf.eye(dim));
  return {
    still: tf.mean(tf.relu(tf.sub(1, deviations))),
    alike: tf.div(tf.sum(tf.mul(others, tf.square(covariances))), dim),
  };
}
