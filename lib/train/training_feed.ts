import * as tf from "@tensorflow/tfjs";
import type { Objective } from "@/lib/objective/objective.ts";
import { disposeNamed } from "@/lib/tensor/mod.ts";
import type { Batches } from "@/lib/train/batches.ts";
import type { Feed } from "@/lib/train/feed.ts";
import { imageFeed } from "@/lib/train/image_feed.ts";
import { type Course, learningRateAt } from "@/lib/train/schedule.ts";
import { scheduledAt } from "@/lib/train/scheduled.ts";
import type { StepInputs } from "@/lib/train/step.ts";
import type { TrainingRows } from "@/lib/train/training_images.ts";

/** The inputs of a step that are numbers; the caller disposes them. */
export type StepNumbers = Pick<StepInputs, "learningRate" | "uptake" | "scheduled">;

// PyTorch's momentum of running statistics. The first steps weigh more, so that even a short training forgets the start.
const LEAST_UPTAKE = 0.1;

/** The numbers of a step of a training, from 0. */
export function numbersAt(
  step: number,
  { objective, course }: {
    readonly objective: Pick<Objective, "scheduled">;
    readonly course: Course;
  },
): StepNumbers {
  return {
    learningRate: tf.scalar(learningRateAt(step, course)),
    uptake: tf.scalar(Math.max(LEAST_UPTAKE, 1 / (step + 1))),
    scheduled: scheduledAt(objective, { step, totalSteps: course.totalSteps }),
  };
}

/** Feeds a training step with images, the views drawn of them, their labels and the numbers of the step. */
export function trainingFeed(
  rows: TrainingRows,
  options: {
    readonly pixels: number;
    readonly batches: Batches;
    /** No images are read ahead beyond so many. */
    readonly totalSteps: number;
    readonly numbersAt: (step: number) => StepNumbers;
  },
): Feed<StepInputs> {
  const { pixels, batches, totalSteps } = options;
  const images = imageFeed(rows, {
    pixels,
    rowsOf: (step) => step < totalSteps ? batches.rowsOf(step) : null,
  });
  return {
    async take(step) {
      const fed = await images.take(step);
      return { ...fed, ...batches.draw(step), ...options.numbersAt(step) };
    },
    release({ images: stored, indices, ...drawn }) {
      images.release({ images: stored, indices });
      disposeNamed(drawn);
    },
    [Symbol.dispose]: () => images[Symbol.dispose](),
  };
}
