import type { Budget } from "@/dsl/encoder.ts";
import type { Training } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";

/** A learning rate over the steps of a training. */
export interface Schedule {
  /** The learning rate after the warm-up. */
  readonly peak: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * The learning rate of a step: linear warm-up, then half a cosine down to 0 (Chen et al. 2020, appendix B.6).
 *
 * The warm-up ends at the peak, one step ahead of the authors' code, whose first step has the rate 0.
 *
 * @param step From 0; the rate of step `totalSteps`, which is not run, would be 0.
 */
export function learningRateAt(step: number, schedule: Schedule): number {
  const { peak, totalSteps } = schedule;
  const warmupSteps = Math.min(schedule.warmupSteps, totalSteps);
  if (step < warmupSteps) return peak * (step + 1) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
}

/** How long a training is. */
export interface Course extends Schedule {
  /** Steps of an epoch, by which the training is as long as its recipe says, and its curve is cut. */
  readonly stepsPerEpoch: number;
}

/** What decides how long a training is, beside its recipe. */
export interface BudgetOptions {
  /** Images to train on. */
  readonly images: number;
  /** `"epochs"` by default. */
  readonly budget?: Budget | undefined;
  /** For the budget `"steps"`: the images of the size whose steps all sizes get, the scale's `"1M"`. */
  readonly referenceImages?: number | undefined;
}

/**
 * The course of a training.
 *
 * With the budget `"epochs"` an epoch is one pass over the images, in full batches, or in one of all images where these are
 * fewer; it is longer where the recipe wants more steps (`minimumSteps`), and the warm-up with it. With `"steps"` an epoch has as many steps as one over the reference's images, however many images there are: so all
 * sizes get the same steps and the same learning rates, a small set more passes, and their curves have the same points.
 *
 * @throws {InputError} If the budget is `"steps"` and no reference is given.
 */
export function courseOf(
  training: Pick<
    Training,
    "epochs" | "minimumSteps" | "batch" | "learningRate" | "warmupEpochs"
  >,
  { images, budget = "epochs", referenceImages }: BudgetOptions,
): Course {
  const counted = budget === "epochs" ? images : referenceImages;
  if (counted === undefined) {
    throw new InputError(
      "budget",
      '"steps" needs a number of images whose steps count',
      'Give referenceImages, or use the budget "epochs"',
    );
  }
  const { epochs, minimumSteps, batch } = training;
  const stepsPerPass = Math.floor(counted / Math.min(batch, counted));
  const stepsPerEpoch = Math.max(stepsPerPass, Math.ceil(minimumSteps / epochs));
  return {
    peak: training.learningRate,
    warmupSteps: training.warmupEpochs * stepsPerEpoch,
    totalSteps: epochs * stepsPerEpoch,
    stepsPerEpoch,
  };
}
