import * as tf from "@tensorflow/tfjs";
import { disposeNamed } from "@/lib/tensor/mod.ts";
import { effectiveRank, meanNorm } from "@/lib/train/effective_rank.ts";

/** One epoch of a training's curve: means over its steps, and a look at its last one. */
export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** The learning rate of the epoch's last step. */
  readonly learningRate: number;
  /** Mean length of a feature vector, in the epoch's last batch. */
  readonly featureNorm: number;
  /** Directions that the features of that batch take up; 1 where they have collapsed into one. */
  readonly effectiveRank: number;
  /** Views seen a second in this epoch; the first one's include compilation. */
  readonly viewsPerSecond: number;
  /** The most memory in bytes that the process had held by its end. */
  readonly peakMemory: number;
  /** Time spent on the training by its end. */
  readonly seconds: number;
}

/** Loss and accuracy of steps, in their order. */
export interface Metrics {
  readonly losses: readonly number[];
  /** Empty where steps do not tell theirs. */
  readonly accuracies: readonly number[];
}

/** What a step tells of itself. */
export interface Told {
  /** Scalar. */
  readonly loss: tf.Tensor;
  /** Scalar. */
  readonly accuracy?: tf.Tensor;
  /** `[rows, features]`: some of the features that it met. */
  readonly features?: tf.Tensor;
}

/** The metrics of an epoch under way, of which those of the last steps may be on the device still. */
export interface EpochMetrics {
  /** Takes charge of a step's tensors without reading them: a look at every loss would make a GPU wait. */
  add(step: Told): void;
  /** Losses and accuracies of all steps since the epoch began. */
  read(): Promise<Metrics>;
  /** What the features of the last step tell of the training's health. */
  diagnose(): Promise<Pick<CurvePoint, "featureNorm" | "effectiveRank">>;
  /** Begins the next epoch; also gives back what was not read. */
  clear(): void;
}

/** @param begun The steps that a checkpoint holds of the epoch. */
export function epochMetrics(begun: Metrics = { losses: [], accuracies: [] }): EpochMetrics {
  let losses = [...begun.losses], accuracies = [...begun.accuracies];
  let unread: Omit<Told, "features">[] = [];
  let features: tf.Tensor | undefined;
  const forget = () => {
    disposeNamed(unread);
    unread = [];
  };
  return {
    add({ features: latest, ...scalars }) {
      unread.push(scalars);
      features?.dispose();
      features = latest;
    },
    async read() {
      losses.push(...await valuesOf(unread.map(({ loss }) => loss)));
      accuracies.push(...await valuesOf(unread.flatMap(({ accuracy }) => accuracy ?? [])));
      forget();
      return { losses: [...losses], accuracies: [...accuracies] };
    },
    async diagnose() {
      if (features === undefined) throw new TypeError("Cannot diagnose an epoch without a step");
      const values = await features.data() as Float32Array;
      const rows = features.shape[0]!;
      return { featureNorm: meanNorm(values, rows), effectiveRank: effectiveRank(values, rows) };
    },
    clear() {
      forget();
      features?.dispose();
      features = undefined;
      losses = [];
      accuracies = [];
    },
  };
}

/** The mean of an epoch's losses or accuracies. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of an epoch's losses, summed in float32: to the bit what a sum on the device gives, as probes have it. */
export function meanOfFloats(values: readonly number[]): number {
  return values.reduce((sum, value) => Math.fround(sum + value), 0) / values.length;
}

async function valuesOf(scalars: readonly tf.Tensor[]): Promise<number[]> {
  // Not stacked first: that would bring each from a device, one by one.
  return (await Promise.all(scalars.map((scalar) => scalar.data()))).map(([value]) => value!);
}
