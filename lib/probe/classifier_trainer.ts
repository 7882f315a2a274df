import * as tf from "@tensorflow/tfjs";
import type { FinetuneSettings, Network } from "@/dsl/scale.ts";
import type { PackedSplit } from "@/lib/data/pack.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { sizeOf, type WeightSpecs } from "@/lib/network/mod.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { feedOf } from "@/lib/train/feed.ts";
import { refuseNonFinite } from "@/lib/train/non_finite_loss.ts";
import { type Course, courseOf, learningRateAt } from "@/lib/train/schedule.ts";
import { flatten, initialState, readWeights, type TrainingState } from "@/lib/train/state.ts";
import { inputTensors, trainingStep } from "@/lib/train/step.ts";
import { trainingRows } from "@/lib/train/training_images.ts";

/** What is trained, and from where. */
export interface ClassifierConfig {
  /** The encoder's weights to start from; null for the seed's initial ones. The classifier's are always those. */
  readonly weights: Weights | null;
  readonly network: Network;
  readonly pixels: number;
  readonly classes: number;
  readonly settings: Omit<FinetuneSettings, "learningRates" | "heldOut">;
  readonly seed: number;
}

/** A network with its classifier, trained. */
export interface TrainedClassifier {
  /** Those of the encoder, with its running statistics, and of the classifier. */
  readonly weights: Weights;
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
}

/** Trains the same network on different images and at different learning rates, each time from the start. */
export interface ClassifierTrainer {
  /** The number of steps on so many images, of which there may be at most so many. */
  stepsFor(count: number, atMost?: number): number;
  /** @throws {NonFiniteLossError} At the end of an epoch whose loss was not a finite number. */
  train(
    images: { readonly split: PackedSplit; readonly subset: Uint32Array },
    options: {
      readonly learningRate: number;
      /** Steps; the schedule is as much shorter. */
      readonly atMost?: number;
      readonly onStep: (done: number) => void;
    },
  ): Promise<TrainedClassifier>;
  dispose(): void;
}

// As in pretraining: PyTorch's momentum of running statistics, and the first steps weigh more.
const LEAST_SHARE = 0.1;

/**
 * Compiles the training step of a fine-tuning; batches, views and loss are those of supervised pretraining.
 *
 * @throws {TypeError} If the given weights lack one of the encoder's.
 */
export function classifierTrainer(config: ClassifierConfig): ClassifierTrainer {
  const { settings, classes, pixels, seed } = config;
  const { views, batch, optimizer, precision } = settings;
  const encoder = encoderOf(config.network);
  if (config.weights !== null) checkComplete(config.weights, encoder);
  const objective = supervised(encoder, {}, { classes });
  const step = trainingStep(objective, { optimizer, views, precision });
  const course = (images: number, { learningRate = 0, atMost = Infinity }): Course => {
    const whole = courseOf({ ...settings, learningRate }, images);
    if (whole.totalSteps <= atMost) return whole;
    const stepsPerEpoch = Math.ceil(atMost / settings.epochs);
    return {
      ...whole,
      warmupSteps: settings.warmupEpochs * stepsPerEpoch,
      totalSteps: settings.epochs * stepsPerEpoch,
      stepsPerEpoch,
    };
  };
  return {
    stepsFor: (count, atMost = Infinity) => course(count, { atMost }).totalSteps,
    async train(images, { onStep, ...options }) {
      const rows = trainingRows({ parts: [{ ...images, classes }], pixels });
      const batches = batchesOf({ seed, rows, batch, views, objective });
      const schedule = course(rows.count, options);
      const { stepsPerEpoch } = schedule;
      const feed = feedOf(rows, {
        pixels,
        rowsOf: (done) => done < schedule.totalSteps ? batches.rowsOf(done) : null,
      });
      const start = initialState(objective, seed, { optimizer: optimizer.name });
      let state = config.weights === null ? start : withWeights(start, config.weights, encoder);
      let total = tf.scalar(0);
      const losses: number[] = [];
      try {
        for (let done = 0; done < schedule.totalSteps;) {
          const fed = await feed.take(done);
          const drawn = {
            ...batches.draw(done),
            learningRate: tf.scalar(learningRateAt(done, schedule)),
            share: tf.scalar(Math.max(LEAST_SHARE, 1 / (done + 1))),
          };
          const { state: next, ...told } = await step.run(state, { ...drawn, ...fed });
          state = next;
          const sum = tf.add(total, told.loss) as tf.Scalar;
          tf.dispose([total, { ...told }, ...inputTensors(drawn)]);
          total = sum;
          feed.release(fed);
          done++;
          if (done % stepsPerEpoch === 0) {
            losses.push((await total.data())[0]! / stepsPerEpoch);
            refuseNonFinite(losses.slice(-1), { done, stepsPerEpoch, checkpoint: undefined });
            total.dispose();
            total = tf.scalar(0);
          }
          onStep(done);
        }
        return { weights: await readWeights(state, objective), losses };
      } finally {
        feed.dispose();
        tf.dispose([total, ...flatten(state, objective)]);
      }
    },
    dispose: () => step.dispose(),
  };
}

function checkComplete(weights: Weights, encoder: WeightSpecs): void {
  for (const { name, shape } of [...encoder.parameters, ...encoder.statistics]) {
    if (weights[name]?.length !== sizeOf(shape)) {
      throw new TypeError(
        `Cannot fine-tune: "${name}" has ${
          weights[name]?.length ?? "no"
        } values, wanted [${shape}]`,
      );
    }
  }
}

/** The state with the encoder's tensors replaced by the weights; those that they replace are disposed. */
function withWeights(state: TrainingState, weights: Weights, encoder: WeightSpecs): TrainingState {
  const replace = (tensors: Tensors, specs: readonly { readonly name: string }[]): Tensors => {
    const given = specs.map(({ name }) => {
      const old = named(tensors, name);
      const tensor = tf.tensor(weights[name]!, old.shape, "float32");
      old.dispose();
      return [name, tensor] as const;
    });
    return { ...tensors, ...Object.fromEntries(given) };
  };
  return {
    ...state,
    parameters: replace(state.parameters, encoder.parameters),
    statistics: replace(state.statistics, encoder.statistics),
  };
}
