import type { Training } from "@/dsl/training.ts";

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

/**
 * The course of a training on so many images.
 *
 * An epoch is one pass over the images, in full batches, or in one of all images where these are fewer. It is longer where the
 * recipe wants more steps (`minimumSteps`), and the warm-up with it.
 */
export function courseOf(
  training: Pick<
    Training,
    "epochs" | "minimumSteps" | "batch" | "learningRate" | "warmupEpochs"
  >,
  images: number,
): Course {
  const { epochs, minimumSteps, batch } = training;
  const stepsPerPass = Math.floor(images / Math.min(batch, images));
  const stepsPerEpoch = Math.max(stepsPerPass, Math.ceil(minimumSteps / epochs));
  return {
    peak: training.learningRate,
    warmupSteps: training.warmupEpochs * stepsPerEpoch,
    totalSteps: epochs * stepsPerEpoch,
    stepsPerEpoch,
  };
}
