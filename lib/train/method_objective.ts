import type { ContrastiveTraining, Training } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { Encoder } from "@/lib/model/resnet.ts";
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
    readonly method: "simclr" | "supervised";
    readonly training: Training | ContrastiveTraining;
    /** Of the labels; for supervised training. */
    readonly classes: number;
  },
): Objective {
  const { method, training, classes } = options;
  if (method === "supervised") return supervised(encoder, { classes });
  if (!("temperature" in training)) {
    throw new InputError("training", "SimCLR's temperature and head are missing", "Give both");
  }
  return simclr(encoder, training);
}
