import * as tf from "@tensorflow/tfjs";
import type { OwnSettings, SimsiamTraining } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { asGiven } from "@/lib/objective/as_given.ts";
import { eachView, type OneView } from "@/lib/objective/each_view.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * SimSiam (Chen and He 2021): a predictor tells from one view what the same network makes of the other, which is taken as given.
 *
 * {@linkcode symmetricLoss} of the predictions and projections of both views. Each view is normalised by the means and variances
 * of its own half of the batch; the running statistics follow the mean of both halves'. The head is three dense layers, each
 * with batch normalisation, the last without offset; the predictor is dense, batch normalisation, ReLU, dense.
 */
export function simsiam(encoder: Encoder, settings: OwnSettings<SimsiamTraining>): Objective {
  const head = mlpHead({
    input: encoder.features,
    ...settings.head,
    layers: 3,
    normalised: "all",
  });
  const { output } = settings.head;
  const predictor = mlpHead({ input: output, output, ...settings.predictor, name: "predictor" });
  return {
    labelled: false,
    parameters: [...encoder.parameters, ...head.parameters, ...predictor.parameters],
    statistics: [...encoder.statistics, ...head.statistics, ...predictor.statistics],
    evaluate({ views: [views] }, parameters, { precision = "float32" } = {}) {
      const { one, two, statistics } = eachView(views!, parameters, {
        encoder,
        heads: [head, predictor],
        precision,
      });
      const seen = ({ outputs: [projection, prediction] }: OneView): Seen => ({
        projection: projection!,
        prediction: prediction!,
      });
      return {
        ...symmetricLoss(seen(one), seen(two)),
        features: one.features,
        statistics,
      };
    },
  };
}

/** What the network makes of one view of each image, `[batch, dim]` each. */
export interface Seen {
  readonly projection: tf.Tensor2D;
  readonly prediction: tf.Tensor2D;
}

/**
 * SimSiam's loss (equation 2): −(cos(p₁, z₂) + cos(p₂, z₁)) / 2, the mean over images, where no gradient passes to the projections
 * z (equation 3).
 *
 * @returns The loss, and the share of predictions that are nearer to the projection of their own image's other view than to any
 *   other's.
 */
export function symmetricLoss(one: Seen, two: Seen): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const [forth, back] = [
    likeness(one.prediction, two.projection),
    likeness(two.prediction, one.projection),
  ];
  return {
    loss: tf.mul(tf.add(forth.cosine, back.cosine), -0.5) as tf.Scalar,
    accuracy: tf.mul(tf.add(forth.accuracy, back.accuracy), 0.5) as tf.Scalar,
  };
}

function likeness(prediction: tf.Tensor2D, projection: tf.Tensor2D) {
  const [p, z] = [unitRows(prediction), asGiven(unitRows(projection))];
  const nearest = tf.argMax(tf.matMul(p, z, false, true), 1);
  const found = tf.equal(nearest, tf.range(0, p.shape[0], 1, "int32"));
  return {
    cosine: tf.mean(tf.sum(tf.mul(p, z), 1)),
    accuracy: tf.mean(tf.cast(found, "float32")),
  };
}
