import type { OwnSettings, SupervisedTraining } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { linearHead } from "@/lib/model/linear_head.ts";
import { crossEntropy } from "@/lib/objective/cross_entropy.ts";
import type { Objective, TrainedOn } from "@/lib/objective/objective.ts";

/**
 * Training with class labels: one view an image, a linear classifier on top, and the mean cross-entropy
 * −log(exp(l_y) / Σ_c exp(l_c)) of its logits l at the label y.
 */
export function supervised(
  encoder: Encoder,
  _: OwnSettings<SupervisedTraining>,
  { classes }: Pick<TrainedOn, "classes">,
): Objective {
  const head = linearHead({ input: encoder.features, classes });
  return {
    labelled: true,
    parameters: [...encoder.parameters, ...head.parameters],
    statistics: encoder.statistics,
    evaluate({ views: [views], labels }, parameters, { precision = "float32" } = {}) {
      if (labels === undefined) {
        throw new TypeError("Cannot evaluate supervised training without labels");
      }
      const mode = { training: true, statistics: {}, precision };
      const encoded = encoder.forward(views!, parameters, mode);
      const { output } = head.forward(encoded.features, parameters, mode);
      const { features, statistics } = encoded;
      return { ...crossEntropy(output, labels), features, statistics };
    },
  };
}
