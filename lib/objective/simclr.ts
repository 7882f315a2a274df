import * as tf from "@tensorflow/tfjs";
import type { OwnSettings, SimclrTraining } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { ntXent } from "@/lib/objective/nt_xent.ts";
import type { Objective } from "@/lib/objective/objective.ts";

/**
 * SimCLR (Chen et al. 2020): two views of an image must find each other among the views of all other images.
 *
 * With z the 2n projections, s(i, j) their cosine over the temperature, and p(i) the other view of row i, the loss is
 *
 *     2 · 1/2n Σ_i −log(exp(s(i, p(i))) / Σ_{j ≠ i} exp(s(i, j)))
 *
 * which is twice equation 1's mean: the authors' code (`objective.py`) adds the means of both views, and the published
 * learning rates go with that. The head is theirs too (`model_util.py`): dense layers as wide as told without bias, each
 * followed by batch normalisation, the last time without offset, and by ReLU but for the last. Batch normalisation is over
 * all views of the batch, as is theirs over all replicas.
 */
export function simclr(encoder: Encoder, settings: OwnSettings<SimclrTraining>): Objective {
  const head = mlpHead({ input: encoder.features, ...settings.head, normalised: "all" });
  return {
    labelled: false,
    asksHeldOut: true,
    parameters: [...encoder.parameters, ...head.parameters],
    statistics: [...encoder.statistics, ...head.statistics],
    evaluate({ views: [views] }, parameters, { precision = "float32" } = {}) {
      const mode = { training: true, statistics: {}, precision };
      const { features, statistics } = encoder.forward(views!, parameters, mode);
      const projected = head.forward(features, parameters, mode);
      const { loss, accuracy } = ntXent(projected.output, settings.temperature);
      return {
        loss: tf.mul(loss, 2),
        accuracy,
        features,
        statistics: { ...statistics, ...projected.statistics },
      };
    },
  };
}
