import * as tf from "@tensorflow/tfjs";
import type { Augmentation, ContrastiveTraining, Network, Training } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { initialWeights, type Weights } from "@/lib/model/parameters.ts";
import { type Encoder, resnet } from "@/lib/model/resnet.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { uint8Tensor } from "@/lib/tensor/mod.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";
import { learningRateAt } from "@/lib/train/schedule.ts";
import { flatten, initialState, readWeights } from "@/lib/train/state.ts";
import { type StepInputs, trainingStep } from "@/lib/train/step.ts";
import { packSubset, subsetLabels, type TrainingImages } from "@/lib/train/training_images.ts";

export type { TrainingImages };

/** Everything that decides a pretraining. */
export interface Pretraining extends TrainingImages {
  readonly method: "simclr" | "supervised" | "none";
  readonly network: Network;
  /** `null` for the method `none`. */
  readonly training: Training | ContrastiveTraining | null;
  readonly seed: number;
  /** Told after every step how many steps of all are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** One epoch of a training's curve: means over its steps. */
export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** The learning rate of the epoch's last step. */
  readonly learningRate: number;
}

/** What a pretraining makes. */
export interface Pretrained {
  /** The encoder's weights and running statistics; the method's head is thrown away. */
  readonly weights: Weights;
  readonly curve: readonly CurvePoint[];
  /** Views seen a second, over the whole training with its compilation; 0 for the method `none`. */
  readonly viewsPerSecond: number;
}

// PyTorch's momentum of running statistics. The first steps weigh more, so that even a short training forgets the start.
const LEAST_SHARE = 0.1;

/**
 * Pretrains an encoder; the backend must be loaded.
 *
 * An epoch passes the subset once in the order of (seed, epoch), in batches of `training.batch` images, or of the whole
 * subset where that is smaller (the learning rate stays); what is left after the last full batch sits the epoch out.
 * The method `none` gives the initial weights, with running means 0 and variances 1.
 *
 * @throws {NonFiniteLossError} At the end of an epoch in which the loss was not a finite number.
 * @throws {InputError} If the subset is empty, labels are missing, or the recipe asks for what is not built.
 */
export async function pretrain(config: Pretraining): Promise<Pretrained> {
  const { subset, pixels, seed, method, training } = config;
  const encoder = resnet(config.network);
  if (method === "none") {
    return { weights: initialWeights(encoder, seed), curve: [], viewsPerSecond: 0 };
  }
  if (training === null) {
    throw new InputError("training", `the method "${method}" has no recipe`, "Give its training");
  }
  const objective = objectiveOf(config, { encoder, training });
  const packed = packSubset(config);
  const labels = subsetLabels(config);
  const batch = Math.min(training.batch, subset.length);
  const stepsPerEpoch = Math.floor(subset.length / batch);
  const schedule = {
    peak: training.learningRate,
    warmupSteps: training.warmupEpochs * stepsPerEpoch,
    totalSteps: training.epochs * stepsPerEpoch,
  };

  const started = performance.now();
  const images = uint8Tensor(packed, [subset.length, pixels, pixels, 3]);
  const step = trainingStep(objective, {
    optimizer: training.optimizer,
    viewPixels: training.augmentation.pixels,
  });
  let state = initialState(objective, seed);
  const curve: CurvePoint[] = [];
  let done = 0;
  try {
    for (let epoch = 0; epoch < training.epochs; epoch++) {
      const order = permutation(subset.length, randomAt(seed, "order", epoch));
      const losses: tf.Tensor[] = [];
      const accuracies: tf.Tensor[] = [];
      let learningRate = 0;
      for (let start = 0; start + batch <= order.length; start += batch) {
        const rows = order.subarray(start, start + batch);
        learningRate = learningRateAt(done, schedule);
        const inputs = {
          ...drawnInputs(training.augmentation, { config, objective, rows, epoch }),
          ...(objective.labelled && labels ? { labels: labelsOf(labels, rows) } : {}),
          learningRate: tf.scalar(learningRate),
          share: tf.scalar(Math.max(LEAST_SHARE, 1 / (done + 1))),
        };
        const out = await step.run(state, { images, ...inputs });
        tf.dispose(inputs);
        state = out.state;
        losses.push(out.loss);
        accuracies.push(out.accuracy);
        done++;
        config.onProgress?.(done, schedule.totalSteps);
      }
      // The epoch's only read: a look at every loss would make a GPU wait at every step.
      const loss = await readAll(losses);
      const accuracy = await readAll(accuracies);
      refuseNonFinite(loss, { epoch, stepsBefore: done - loss.length });
      curve.push({ epoch: epoch + 1, loss: mean(loss), accuracy: mean(accuracy), learningRate });
    }
    const weights = await readWeights(state, encoder);
    const seconds = (performance.now() - started) / 1000;
    return { weights, curve, viewsPerSecond: done * batch * objective.viewsPerImage / seconds };
  } finally {
    images.dispose();
    tf.dispose(flatten(state, objective));
    step.dispose();
  }
}

/** The method's loss on top of the encoder. */
function objectiveOf(
  config: Pretraining,
  made: { readonly encoder: Encoder; readonly training: Training | ContrastiveTraining },
): Objective {
  const { encoder, training } = made;
  if (config.method === "supervised") {
    if (config.labels === undefined || config.classes === undefined) {
      throw new InputError("labels", "supervised training has none", "Give labels and classes");
    }
    return supervised(encoder, { classes: config.classes });
  }
  if (!("temperature" in training)) {
    throw new InputError("training", "SimCLR's temperature and head are missing", "Give both");
  }
  return simclr(encoder, training);
}

/** The batch's rows and its drawn views, as tensors. */
function drawnInputs(
  augmentation: Augmentation,
  at: {
    readonly config: Pretraining;
    readonly objective: Objective;
    readonly rows: Uint32Array;
    readonly epoch: number;
  },
): Pick<StepInputs, "indices" | "boxes" | "colours"> {
  const { config, rows, epoch } = at;
  const views = at.objective.viewsPerImage;
  // Drawn for the image's own number, so that an image has the same views in every subset that holds it.
  const indices = rows.map((row) => config.subset[row]!);
  const drawn = drawViews(augmentation, { seed: config.seed, epoch, indices, views });
  const count = views * rows.length;
  return {
    indices: tf.tensor1d(Int32Array.from(rows), "int32"),
    boxes: tf.tensor2d(drawn.boxes, [count, 4]),
    colours: tf.tensor2d(drawn.colours, [count, COLOUR_NUMBERS]),
  };
}

function labelsOf(labels: Int32Array, rows: Uint32Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(rows, (row) => labels[row]!), "int32");
}

/** The values of scalars, which are disposed. */
async function readAll(scalars: readonly tf.Tensor[]): Promise<Float32Array> {
  const together = tf.stack([...scalars]);
  tf.dispose([...scalars]);
  const values = await together.data() as Float32Array;
  together.dispose();
  return values;
}

function refuseNonFinite(
  losses: Float32Array,
  at: { readonly epoch: number; readonly stepsBefore: number },
): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad < 0) return;
  throw new NonFiniteLossError({
    step: at.stepsBefore + bad + 1,
    epoch: at.epoch + 1,
    loss: losses[bad]!,
  });
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
