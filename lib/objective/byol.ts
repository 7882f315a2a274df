import * as tf from "@tensorflow/tfjs";
import type { ByolTraining, OwnSettings } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { named } from "@/lib/model/layers.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { agreement } from "@/lib/objective/agreement.ts";
import { eachView } from "@/lib/objective/each_view.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { risingMomentum } from "@/lib/objective/rising_momentum.ts";
import { slowCopy } from "@/lib/objective/slow_copy.ts";

/**
 * BYOL (Grill et al. 2020): the online network predicts, from one view, what a slow copy of it makes of the other.
 *
 * With p the predictor's output for one view and t the target's projection of the other, both unit vectors, the loss is
 * the mean over images of ‖p₁ − t₂‖² + ‖p₂ − t₁‖² (equation 2, both ways round): 0 to 8, and 4 at random. The target is
 * ξ ← τ ξ + (1 − τ) θ after every step, with the momentum of {@linkcode risingMomentum}; no gradient reaches it. Projector
 * and predictor are dense, batch normalisation, ReLU, dense without bias; the target has no predictor.
 *
 * Each view is normalised by the means and variances of its own half of the batch, in the target too, as in the authors'
 * code; the running statistics follow the mean of both halves'. There are no negatives; the accuracy is the share of
 * predictions that are nearer to their own target than to the target of any other image of the batch.
 */
export function byol(encoder: Encoder, settings: OwnSettings<ByolTraining>): Objective {
  const head = mlpHead({ input: encoder.features, ...settings.head });
  const { output } = settings.head;
  const predictor = mlpHead({ input: output, output, ...settings.predictor, name: "predictor" });
  const projected = [...encoder.parameters, ...head.parameters];
  const target = slowCopy({ parameters: projected, statistics: [] }, "target");
  return {
    labelled: false,
    parameters: [...projected, ...predictor.parameters],
    statistics: [...encoder.statistics, ...head.statistics, ...predictor.statistics],
    memory: {
      tensors: target.tensors,
      next: (before, after) =>
        target.follow(before, {
          ...after,
          share: named(after.scheduled, "copyShare") as tf.Scalar,
        }),
    },
    scheduled: {
      copyShare: (step, totalSteps) =>
        1 - risingMomentum(step, { base: settings.baseMomentum, totalSteps }),
    },
    evaluate({ views: [views] }, parameters, { precision = "float32", memory = {} } = {}) {
      const { one, two, statistics } = eachView(views!, parameters, {
        encoder,
        heads: [head, predictor],
        precision,
      });
      const slow = eachView(views!, target.named(memory), { encoder, heads: [head], precision });
      const forth = agreement(one.outputs[1]!, slow.two.outputs[0]!);
      const back = agreement(two.outputs[1]!, slow.one.outputs[0]!);
      return {
        loss: tf.add(forth.loss, back.loss),
        accuracy: tf.mul(tf.add(forth.accuracy, back.accuracy), 0.5),
        features: one.features,
        statistics,
      };
    },
  };
}
