import type { Method } from "@/dsl/encoder.ts";
import type { AnyTraining } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { Encoder } from "@/lib/model/resnet.ts";
import { byol } from "@/lib/objective/byol.ts";
import { moco } from "@/lib/objective/moco.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";

/**
 * The loss of a method on top of an encoder.
 *
 * @throws {InputError} If the method's own settings are missing.
 */
export function objectiveOf(
  encoder: Encoder,
  options: {
    readonly method: Exclude<Method, "none">;
    readonly training: AnyTraining;
    /** Of the labels; for supervised training. */
    readonly classes: number;
    /** To train on; of an image's own older keys MoCo's queue must hold few. */
    readonly images: number;
  },
): Objective {
  const { method, training, classes, images } = options;
  switch (method) {
    case "supervised":
      return supervised(encoder, { classes });
    case "simclr":
      if (!("temperature" in training) || "queue" in training) {
        throw new InputError("training", "SimCLR's temperature and head are missing", "Give both");
      }
      return simclr(encoder, training);
    case "moco": {
      if (!("queue" in training)) {
        throw new InputError("training", "MoCo's queue and key momentum are missing", "Give both");
      }
      const queue = Math.max(1, Math.min(training.queue, Math.floor(images / 2)));
      return moco(encoder, { ...training, queue });
    }
    case "byol":
      if (!("predictor" in training)) {
        throw new InputError("training", "BYOL's predictor and momentum are missing", "Give both");
      }
      return byol(encoder, training);
  }
}
