import type { AnyTraining } from "@/dsl/methods/mod.ts";
import type { Network } from "@/dsl/network.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { initialWeights, type Weights } from "@/lib/model/parameters.ts";
import { objectiveOf } from "@/lib/objective/mod.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { savingIn } from "@/lib/train/checkpoint_folder.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
import { type CurvePoint, mean } from "@/lib/train/curve.ts";
import { heldOutAccuracy } from "@/lib/train/held_out.ts";
import { peakMemory } from "@/lib/train/peak_memory.ts";
import { courseOf, learningRateAt } from "@/lib/train/schedule.ts";
import { initialState, keptOf, readWeights } from "@/lib/train/state.ts";
import { type StepInputs, trainingStep } from "@/lib/train/step.ts";
import { train } from "@/lib/train/train.ts";
import { numbersAt, trainingFeed } from "@/lib/train/training_feed.ts";
import { type TrainingImages, trainingRows } from "@/lib/train/training_images.ts";

export type { CurvePoint, TrainingImages };

/** Everything that decides a pretraining. */
export interface Pretraining extends TrainingImages {
  readonly network: Network;
  /** A method's; `null` for the method `none`. */
  readonly training: AnyTraining | null;
  readonly seed: number;
  /**
   * Images of the same kind that it is not trained on, as many of each part as there are to train on; for a method that asks
   * its question of them too.
   */
  readonly heldOut?: TrainingImages;
  /** Saves it while it is under way, and goes on from what is saved; the result does not depend on it. */
  readonly checkpoints?: CheckpointOptions;
  /** Told after every step how many steps of all are done; first of all, where a checkpoint is gone on from, its. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a pretraining makes. */
export interface Pretrained {
  /** The encoder's weights and running statistics; the method's head is thrown away. */
  readonly weights: Weights;
  readonly curve: readonly CurvePoint[];
  /** How well it answers its method's question on held-out images in the end; `null` where it is not asked. */
  readonly heldOutAccuracy: number | null;
  /** Views seen a second, over the whole training with its compilation; 0 for the method `none`. */
  readonly viewsPerSecond: number;
  /**
   * The share of the time in which a step waited for its images, since the training began or last went on; 0 for the
   * method `none`.
   */
  readonly dataWait: number;
}

/**
 * Pretrains an encoder; the backend must be loaded.
 *
 * A pass over the subset is in the order of (seed, pass), in batches of `training.batch` images, or of the whole subset
 * where that is smaller (the learning rate stays); what is left after the last full batch sits the pass out. An epoch is a
 * pass, or longer where that has few steps ({@linkcode courseOf}).
 * The method `none` gives the initial weights, with running means 0 and variances 1.
 *
 * @throws {NonFiniteLossError} At the end of an epoch, or at a checkpoint, if a loss was not a finite number.
 * @throws {InputError} If the subset is empty, or a checkpoint cannot be written.
 */
export async function pretrain(config: Pretraining): Promise<Pretrained> {
  const { pixels, seed, training, onProgress } = config;
  const encoder = encoderOf(config.network);
  if (training === null) {
    const weights = initialWeights(encoder, seed);
    return { weights, curve: [], heldOutAccuracy: null, viewsPerSecond: 0, dataWait: 0 };
  }
  const rows = trainingRows(config);
  const { classes, count: images } = rows;
  const objective = await objectiveOf(encoder, training, { classes, images });
  const { batch, views, optimizer, precision } = training;
  const batches = batchesOf({ seed, rows, batch, views, objective });
  const course = courseOf(training, images);
  const { totalSteps, stepsPerEpoch } = course;
  const saving = config.checkpoints && await savingIn(config.checkpoints);
  const step = trainingStep(objective, { optimizer, views, precision });
  try {
    using feed = trainingFeed(rows, {
      pixels,
      batches,
      totalSteps,
      numbersAt: (step) => numbersAt(step, { objective, course }),
    });
    using trained = await train<StepInputs, CurvePoint>({
      specs: objective,
      start: () => initialState(objective, seed, { optimizer: optimizer.name }),
      step: step.run,
      feed,
      course,
      pointOf: async ({ epoch, losses, accuracies, seconds, before, diagnose }) => ({
        epoch,
        loss: mean(losses),
        accuracy: mean(accuracies),
        learningRate: learningRateAt(epoch * stepsPerEpoch - 1, course),
        ...await diagnose(),
        viewsPerSecond: stepsPerEpoch * batches.viewCount / (seconds - (before?.seconds ?? 0)),
        peakMemory: peakMemory(),
        seconds,
      }),
      saving,
      ...onProgress && { onStep: (done) => onProgress(done, totalSteps) },
    });
    const { state, curve, seconds, dataWait } = trained;
    return {
      weights: await readWeights(keptOf(state, objective), encoder),
      curve,
      heldOutAccuracy: objective.asksHeldOut && config.heldOut !== undefined
        ? await heldOutAccuracy(step, state, {
          images: config.heldOut,
          seed,
          batch,
          views,
          objective,
          totalSteps,
        })
        : null,
      viewsPerSecond: totalSteps * batches.viewCount / seconds,
      dataWait,
    };
  } finally {
    step.dispose();
  }
}
