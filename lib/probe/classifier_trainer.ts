import * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/network.ts";
import type { Normalisation } from "@/dsl/outside.ts";
import type { FinetuneSettings } from "@/dsl/scale.ts";
import type { PackedSplit } from "@/lib/data/pack.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { sizeOf, type WeightSpecs } from "@/lib/network/mod.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import type { Saving } from "@/lib/train/checkpoint_folder.ts";
import { meanOfFloats } from "@/lib/train/curve.ts";
import { type Course, courseOf } from "@/lib/train/schedule.ts";
import { initialState, readWeights, type TrainingState } from "@/lib/train/state.ts";
import { type StepInputs, trainingStep } from "@/lib/train/step.ts";
import { train } from "@/lib/train/train.ts";
import { numbersAt, trainingFeed } from "@/lib/train/training_feed.ts";
import { trainingRows } from "@/lib/train/training_images.ts";

/** What is trained, and from where. */
export interface ClassifierConfig {
  /** The encoder's weights to start from; null for the seed's initial ones. The classifier's are always those. */
  readonly weights: Weights | null;
  readonly network: Network;
  /** That of an encoder from outside; by default the one of all trainings. */
  readonly normalisation?: Normalisation;
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
  /**
   * @throws {NonFiniteLossError} At the end of an epoch, or at a checkpoint, if a loss was not a finite number.
   * @throws {InputError} If a checkpoint cannot be written.
   */
  train(
    images: { readonly split: PackedSplit; readonly subset: Uint32Array },
    options: {
      readonly learningRate: number;
      /** Steps; the schedule is as much shorter. */
      readonly atMost?: number;
      readonly saving?: Saving | undefined;
      readonly onStep: (done: number) => void;
    },
  ): Promise<TrainedClassifier>;
  dispose(): void;
}

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
  const step = trainingStep(objective, {
    ...{ optimizer, views, precision },
    ...config.normalisation && { normalisation: config.normalisation },
  });
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
    async train(images, { saving, onStep, ...options }) {
      const rows = trainingRows({ parts: [{ ...images, classes }], pixels });
      const schedule = course(rows.count, options);
      using feed = trainingFeed(rows, {
        pixels,
        batches: batchesOf({ seed, rows, batch, views, objective }),
        totalSteps: schedule.totalSteps,
        numbersAt: (step) => numbersAt(step, { objective, course: schedule }),
      });
      using trained = await train<StepInputs, number>({
        specs: objective,
        start() {
          const start = initialState(objective, seed, { optimizer: optimizer.name });
          return config.weights === null ? start : withWeights(start, config.weights, encoder);
        },
        step: step.run,
        feed,
        course: schedule,
        pointOf: ({ losses }) => meanOfFloats(losses),
        saving,
        onStep,
      });
      return { weights: await readWeights(trained.state, objective), losses: trained.curve };
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
