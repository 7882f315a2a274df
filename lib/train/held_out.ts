import * as tf from "@tensorflow/tfjs";
import type { Objective } from "@/lib/objective/objective.ts";
import { cloneNamed, disposeNamed } from "@/lib/tensor/mod.ts";
import { type BatchesConfig, batchesOf } from "@/lib/train/batches.ts";
import { mean } from "@/lib/train/curve.ts";
import { scheduledAt } from "@/lib/train/scheduled.ts";
import type { TrainingState } from "@/lib/train/state.ts";
import type { TrainingStep } from "@/lib/train/step.ts";
import { trainingFeed } from "@/lib/train/training_feed.ts";
import { type TrainingImages, trainingRows } from "@/lib/train/training_images.ts";

/** The most batches that are looked at: 1,024 images of 64 a batch, whose mean is known to some 1.5 points. */
const most = 16;

/** What a training is judged on that did not see these images. */
export interface HeldOut extends Omit<BatchesConfig, "rows"> {
  readonly images: TrainingImages;
  readonly objective: Objective;
  /** Of the training; what the objective has scheduled is as at its last. */
  readonly totalSteps: number;
}

/**
 * How well a training solves its own task on images that it was not trained on, in batches as large as its own and with views
 * drawn as its own are: the mean accuracy of the training step from one state, whose next one says nothing.
 */
export async function heldOutAccuracy(
  step: TrainingStep,
  state: TrainingState,
  { images, totalSteps, ...config }: HeldOut,
): Promise<number> {
  const rows = trainingRows(images);
  const batches = batchesOf({ ...config, rows });
  const steps = Math.min(most, batches.stepsPerPass);
  using feed = trainingFeed(rows, {
    pixels: images.pixels,
    batches,
    totalSteps: steps,
    numbersAt: () => ({
      learningRate: tf.scalar(0),
      uptake: tf.scalar(0),
      scheduled: scheduledAt(config.objective, { step: totalSteps - 1, totalSteps }),
    }),
  });
  const accuracies: number[] = [];
  for (let at = 0; at < steps; at++) {
    const inputs = await feed.take(at);
    // The step consumes what it is given.
    const made = await step.run(cloneNamed(state), inputs);
    feed.release(inputs);
    accuracies.push((await made.accuracy.data())[0]!);
    disposeNamed(made);
  }
  return mean(accuracies);
}
