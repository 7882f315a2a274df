import * as tf from "@tensorflow/tfjs";

/** One epoch of a training's curve: means over its steps. */
export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** The learning rate of the epoch's last step. */
  readonly learningRate: number;
}

/** Loss and accuracy of steps, in their order. */
export interface Metrics {
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
}

/** The metrics of an epoch under way, of which those of the last steps may be on the device still. */
export interface EpochMetrics {
  /** Takes charge of a step's two scalars without reading them: a look at every loss would make a GPU wait. */
  add(step: { readonly loss: tf.Tensor; readonly accuracy: tf.Tensor }): void;
  /** Those of all steps since the epoch began. */
  read(): Promise<Metrics>;
  /** Begins the next epoch; also gives back what was not read. */
  clear(): void;
}

/** @param begun The steps that a checkpoint holds of the epoch. */
export function epochMetrics(begun: Metrics): EpochMetrics {
  let losses = [...begun.losses], accuracies = [...begun.accuracies];
  let unread: { readonly loss: tf.Tensor; readonly accuracy: tf.Tensor }[] = [];
  const forget = () => {
    tf.dispose(unread.map(({ loss, accuracy }) => [loss, accuracy]));
    unread = [];
  };
  return {
    add({ loss, accuracy }) {
      unread.push({ loss, accuracy });
    },
    async read() {
      if (unread.length > 0) {
        losses.push(...await valuesOf(unread.map(({ loss }) => loss)));
        accuracies.push(...await valuesOf(unread.map(({ accuracy }) => accuracy)));
        forget();
      }
      return { losses: [...losses], accuracies: [...accuracies] };
    },
    clear() {
      forget();
      losses = [];
      accuracies = [];
    },
  };
}

/** The mean of an epoch's losses or accuracies. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function valuesOf(scalars: tf.Tensor[]): Promise<Float32Array> {
  const together = tf.stack(scalars);
  try {
    return await together.data() as Float32Array;
  } finally {
    together.dispose();
  }
}
