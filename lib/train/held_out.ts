import * as tf from "@tensorflow/tfjs";
import type { Objective } from "@/lib/objective/objective.ts";
import { type BatchesConfig, batchesOf } from "@/lib/train/batches.ts";
import { mean } from "@/lib/train/curve.ts";
import { feedOf } from "@/lib/train/feed.ts";
import { scheduledAt } from "@/lib/train/scheduled.ts";
import type { TrainingState } from "@/lib/train/state.ts";
import { inputTensors, type TrainingStep } from "@/lib/train/step.ts";
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
 * drawn as its own are: the training step with a learning rate of 0, whose next state says nothing.
 *
 * @param state It is disposed.
 * @returns The mean accuracy, and the state to dispose in the place of the one given.
 */
export async function heldOutAccuracy(
  step: TrainingStep,
  state: TrainingState,
  { images, totalSteps, ...config }: HeldOut,
): Promise<{ readonly accuracy: number; readonly state: TrainingState }> {
  const rows = trainingRows(images);
  const batches = batchesOf({ ...config, rows });
  const steps = Math.min(most, batches.stepsPerEpoch);
  const feed = feedOf(rows, {
    pixels: images.pixels,
    rowsOf: (at) => at < steps ? batches.rowsOf(at) : null,
  });
  const accuracies: number[] = [];
  let next = state;
  try {
    for (let at = 0; at < steps; at++) {
      const fed = await feed.take(at);
      const drawn = {
        ...batches.draw(at),
        learningRate: tf.scalar(0),
        share: tf.scalar(0),
        scheduled: scheduledAt(config.objective, { step: totalSteps - 1, totalSteps }),
      };
      const { state: after, ...told } = await step.run(next, { ...drawn, ...fed });
      next = after;
      accuracies.push((await told.accuracy.data())[0]!);
      tf.dispose([{ ...told }, ...inputTensors(drawn)]);
      feed.release(fed);
    }
  } finally {
    feed.dispose();
  }
  return { accuracy: mean(accuracies), state: next };
}
