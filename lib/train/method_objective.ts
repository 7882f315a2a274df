import type { ContrastiveTraining, Training } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { Encoder } from "@/lib/model/resnet.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import type { TrainingImages } from "@/lib/train/training_images.ts";

/**
 * The loss of a method on top of an encoder.
 *
 * @throws {InputError} If labels or the method's own settings are missing.
 */
export function objectiveOf(
  encoder: Encoder,
  options: Pick<TrainingImages, "labels" | "classes"> & {
    readonly method: "simclr" | "supervised";
    readonly training: Training | ContrastiveTraining;
  },
): Objective {
  const { method, training, labels, classes } = options;
  if (method === "supervised") {
    if (labels === undefined || classes === undefined) {
      throw new InputError("labels", "supervised training has none", "Give labels and classes");
    }
    return supervised(encoder, { classes });
  }
  if (!("temperature" in training)) {
    throw new InputError("training", "SimCLR's temperature and head are missing", "Give both");
  }
  return simclr(encoder, training);
}
