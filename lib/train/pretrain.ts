import * as tf from "@tensorflow/tfjs";
import type { AnyTraining } from "@/dsl/methods/mod.ts";
import type { Network } from "@/dsl/scale.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { initialWeights, type Weights } from "@/lib/model/parameters.ts";
import { objectiveOf } from "@/lib/objective/mod.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { isFiniteState, type Progress, readState, restoreState } from "@/lib/train/checkpoint.ts";
import { checkpointFolder, type CheckpointOptions } from "@/lib/train/checkpoint_folder.ts";
import { type CurvePoint, epochMetrics, mean } from "@/lib/train/curve.ts";
import { feedOf } from "@/lib/train/feed.ts";
import { heldOutAccuracy } from "@/lib/train/held_out.ts";
import { refuseNonFinite } from "@/lib/train/non_finite_loss.ts";
import { peakMemory } from "@/lib/train/peak_memory.ts";
import { courseOf, learningRateAt } from "@/lib/train/schedule.ts";
import { scheduledAt } from "@/lib/train/scheduled.ts";
import { flatten, initialState, keptOf, readWeights } from "@/lib/train/state.ts";
import { inputTensors, trainingStep } from "@/lib/train/step.ts";
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

// PyTorch's momentum of running statistics. The first steps weigh more, so that even a short training forgets the start.
const LEAST_SHARE = 0.1;

const unbegun: Progress = {
  done: 0,
  seconds: 0,
  curve: [],
  metrics: { losses: [], accuracies: [] },
};

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
  const { pixels, seed, training } = config;
  const encoder = encoderOf(config.network);
  if (training === null) {
    const weights = initialWeights(encoder, seed);
    return { weights, curve: [], heldOutAccuracy: null, viewsPerSecond: 0, dataWait: 0 };
  }
  const rows = trainingRows(config);
  const { classes, count: images } = rows;
  const objective = await objectiveOf(encoder, training, { classes, images });
  const { batch, views } = training;
  const batches = batchesOf({ seed, rows, batch, views, objective });
  const schedule = courseOf(training, images);
  const { stepsPerEpoch, totalSteps } = schedule;
  const feed = feedOf(rows, {
    pixels,
    rowsOf: (step) => step < totalSteps ? batches.rowsOf(step) : null,
  });
  const inputsOf = async (step: number) => {
    const fed = await feed.take(step);
    const drawn = {
      ...batches.draw(step),
      learningRate: tf.scalar(learningRateAt(step, schedule)),
      share: tf.scalar(Math.max(LEAST_SHARE, 1 / (step + 1))),
      scheduled: scheduledAt(objective, { step, totalSteps }),
    };
    return { drawn, fed };
  };
  const forget = ({ drawn, fed }: Awaited<ReturnType<typeof inputsOf>>) => {
    tf.dispose(inputTensors(drawn));
    feed.release(fed);
  };

  const checkpoints = config.checkpoints && checkpointFolder(config.checkpoints);
  const found = await checkpoints?.newest();
  const begun = found?.progress ?? unbegun;
  const started = performance.now() - 1000 * begun.seconds;
  const seconds = () => (performance.now() - started) / 1000;
  const curve = [...begun.curve];
  const epochSoFar = epochMetrics(begun.metrics);
  /** Loss and accuracy of the epoch's steps, of which `done` is the last. */
  const readMetrics = async (done: number) => {
    const metrics = await epochSoFar.read();
    refuseNonFinite(metrics.losses, { done, stepsPerEpoch, checkpoint: checkpoints?.last() });
    return metrics;
  };

  const step = trainingStep(objective, {
    optimizer: training.optimizer,
    views,
    precision: training.precision,
  });
  let state = found === undefined
    ? initialState(objective, seed, { optimizer: training.optimizer.name })
    : restoreState(found.tensors, objective);
  let waited = 0;
  let inputs: Awaited<ReturnType<typeof inputsOf>> | undefined;
  let next: ReturnType<typeof inputsOf> | undefined;
  try {
    if (begun.done > 0) config.onProgress?.(begun.done, totalSteps);
    for (let done = begun.done; done < totalSteps;) {
      const asked = performance.now();
      inputs = await (next ?? inputsOf(done));
      waited += (performance.now() - asked) / 1000;
      next = undefined;
      const running = step.run(state, { ...inputs.drawn, ...inputs.fed });
      // The step runs on another thread: the next one's inputs are read and drawn meanwhile.
      if (done + 1 < totalSteps) {
        next = inputsOf(done + 1);
        // It is awaited in its turn, which may be after it fails.
        next.catch(() => {});
      }
      const out = await running;
      forget(inputs);
      inputs = undefined;
      state = out.state;
      epochSoFar.add(out);
      done++;
      const epochEnds = done % stepsPerEpoch === 0;
      if (epochEnds) {
        const { losses, accuracies } = await readMetrics(done);
        const now = seconds(), before = curve.at(-1)?.seconds ?? 0;
        curve.push({
          epoch: done / stepsPerEpoch,
          loss: mean(losses),
          accuracy: mean(accuracies),
          learningRate: learningRateAt(done - 1, schedule),
          ...await epochSoFar.diagnose(),
          viewsPerSecond: stepsPerEpoch * batches.viewCount / (now - before),
          peakMemory: peakMemory(),
          seconds: now,
        });
        epochSoFar.clear();
      }
      if (done < totalSteps && checkpoints?.due({ epochEnds })) {
        await checkpoints.save(async () => {
          const metrics = await readMetrics(done);
          const tensors = await readState(state, objective);
          // The step that spoils a state still has a finite loss; the next one tells.
          if (!isFiniteState(tensors)) return null;
          return { progress: { done, seconds: seconds(), curve, metrics }, tensors };
        });
      }
      config.onProgress?.(done, totalSteps);
    }
    const weights = await readWeights(keptOf(state, objective), encoder);
    const all = seconds();
    const viewsPerSecond = totalSteps * batches.viewCount / all;
    let heldOut: number | null = null;
    if (objective.asksHeldOut && config.heldOut !== undefined) {
      const judged = { images: config.heldOut, seed, batch, views, objective, totalSteps };
      ({ accuracy: heldOut, state } = await heldOutAccuracy(step, state, judged));
    }
    const dataWait = waited / (all - begun.seconds);
    return { weights, curve, heldOutAccuracy: heldOut, viewsPerSecond, dataWait };
  } finally {
    if (inputs !== undefined) forget(inputs);
    await next?.then(forget, () => {});
    feed.dispose();
    tf.dispose(flatten(state, objective));
    epochSoFar.clear();
    step.dispose();
  }
}
