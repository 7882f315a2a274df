import * as tf from "@tensorflow/tfjs";
import type { SgdLinearSettings } from "@/dsl/scale.ts";
import { named } from "@/lib/model/layers.ts";
import { classify, type LinearShape } from "@/lib/probe/classify.ts";
import { balanceBlocks } from "@/lib/probe/fuse.ts";
import type { LabelledFeatures } from "@/lib/probe/labelled_features.ts";
import { applyScale, noScale } from "@/lib/probe/standardise_features.ts";
import { compileNamed, oneHot } from "@/lib/tensor/mod.ts";
import { batchRows } from "@/lib/train/batch_rows.ts";
import { savingIn } from "@/lib/train/checkpoint_folder.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
import { meanOfFloats } from "@/lib/train/curve.ts";
import type { Feed } from "@/lib/train/feed.ts";
import { learningRateAt } from "@/lib/train/schedule.ts";
import {
  initialState,
  readWeights,
  type StateSpecs,
  type TrainingState,
} from "@/lib/train/state.ts";
import { train } from "@/lib/train/train.ts";

/** A probe's data and settings. */
export interface SgdLinearProbe extends LinearShape {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat. */
  readonly test: { readonly features: Float32Array };
  /** Dimensions of each encoder's features, where they are fused; one block by default. */
  readonly blocks?: readonly number[];
  readonly settings: SgdLinearSettings;
  readonly seed: number;
  /** Saves it while it is under way, and goes on from what is saved; the result does not depend on it. */
  readonly checkpoints?: CheckpointOptions;
  /** Told after every step how many steps of all are done; first of all, where a checkpoint is gone on from, its. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the probe found. */
export interface SgdLinearResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The mean cross-entropy of each epoch's steps. */
  readonly losses: readonly number[];
}

/**
 * Linear evaluation by SimCLR's own recipe (Chen et al. 2020, appendix B.6, and its code): softmax regression from zero
 * weights by SGD with Nesterov's momentum, v' = μv + g, w' = w - η(g + μv').
 *
 * The features are used as they are, blocks of fused ones balanced. Where SimCLR crops and mirrors the images anew in every
 * epoch, the features here are computed once, of whole images: that is what lets all label counts share them. Images left
 * over after an epoch's last full batch sit it out.
 *
 * @throws {NonFiniteLossError} At the end of an epoch, or at a checkpoint, if a loss was not a finite number.
 * @throws {InputError} If a checkpoint cannot be written.
 */
export async function sgdLinearProbe(probe: SgdLinearProbe): Promise<SgdLinearResult> {
  const { dim, settings, train: { features, labels }, seed, onProgress } = probe;
  const scale = balanceBlocks(noScale(dim), { features, blocks: probe.blocks ?? [dim] });
  const count = labels.length;
  const batches = batchRows({ seed, count, batch: settings.batch });
  const stepsPerEpoch = batches.stepsPerPass;
  const course = {
    peak: settings.learningRate * batches.size / 256,
    warmupSteps: 0,
    totalSteps: settings.epochs * stepsPerEpoch,
    stepsPerEpoch,
  };
  const specs = specsOf(probe);
  const saving = probe.checkpoints && await savingIn(probe.checkpoints);
  const step = compileNamed(
    (given: { readonly state: TrainingState; readonly inputs: Inputs }) =>
      nesterovStep(given, probe),
    { name: "sgd_linear", donates: ["state"] },
  );
  try {
    using feed = feedOf({ features: applyScale(features, scale), labels }, {
      dim,
      rowsOf: batches.rowsOf,
      rateAt: (step) => learningRateAt(step, course),
    });
    using trained = await train<Inputs, number>({
      specs,
      start: () => initialState(specs, seed),
      step: (state, inputs) => step({ state, inputs }),
      feed,
      course,
      pointOf: ({ losses }) => meanOfFloats(losses),
      saving,
      ...onProgress && { onStep: (done) => onProgress(done, course.totalSteps) },
    });
    const { weight, bias } = await readWeights(trained.state, specs);
    const classifier = [...weight!, ...bias!];
    const predictions = await classify(applyScale(probe.test.features, scale), classifier, probe);
    return { predictions, losses: trained.curve };
  } finally {
    step.dispose();
  }
}

/** What a step reads besides the state. */
interface Inputs {
  /** `[count, dim]`. */
  readonly features: tf.Tensor2D;
  /** int32 `[count]`. */
  readonly labels: tf.Tensor1D;
  /** int32 `[batch]`: which of them are the batch. */
  readonly rows: tf.Tensor1D;
  /** Scalar: the learning rate. */
  readonly rate: tf.Scalar;
}

function feedOf(
  data: LabelledFeatures,
  at: {
    readonly dim: number;
    readonly rowsOf: (step: number) => Uint32Array;
    readonly rateAt: (step: number) => number;
  },
): Feed<Inputs> {
  const features = tf.tensor2d(data.features, [data.labels.length, at.dim]);
  const labels = tf.tensor1d(Int32Array.from(data.labels), "int32");
  return {
    take(step) {
      const rows = tf.tensor1d(Int32Array.from(at.rowsOf(step)), "int32");
      return Promise.resolve({ features, labels, rows, rate: tf.scalar(at.rateAt(step)) });
    },
    release: ({ rows, rate }) => tf.dispose([rows, rate]),
    [Symbol.dispose]: () => tf.dispose([features, labels]),
  };
}

/** Weights and biases, all of which begin at 0. */
function specsOf({ dim, classes }: LinearShape): StateSpecs {
  return {
    parameters: [
      { name: "weight", kind: "offset", shape: [dim, classes] },
      { name: "bias", kind: "offset", shape: [classes] },
    ],
    statistics: [],
  };
}

/** One step: the loss, and weights and velocities moved. */
function nesterovStep(
  { state, inputs }: { readonly state: TrainingState; readonly inputs: Inputs },
  probe: SgdLinearProbe,
): { readonly loss: tf.Tensor; readonly state: TrainingState } {
  const { momentum, weightDecay } = probe.settings;
  const weight = named(state.parameters, "weight"), bias = named(state.parameters, "bias");
  const x = tf.gather(inputs.features, inputs.rows); // [batch, dim]
  const wanted = oneHot(tf.gather(inputs.labels, inputs.rows), probe.classes);
  const logits = tf.add(tf.matMul(x, weight), bias) as tf.Tensor2D;
  const logProbabilities = tf.logSoftmax(logits);
  const loss = tf.neg(tf.mean(tf.sum(tf.mul(wanted, logProbabilities), 1)));
  const errors = tf.div(tf.sub(tf.exp(logProbabilities), wanted), x.shape[0]!); // [batch, classes]
  const move = (name: string, value: tf.Tensor, gradient: tf.Tensor) => {
    const velocity = tf.add(tf.mul(state.slots[name]![0]!, momentum), gradient);
    const ahead = tf.add(gradient, tf.mul(velocity, momentum));
    return { velocity, value: tf.sub(value, tf.mul(ahead, inputs.rate)) };
  };
  const pull = tf.mul(weight, weightDecay);
  const weights = move("weight", weight, tf.add(tf.matMul(x, errors, true, false), pull));
  const biases = move("bias", bias, tf.sum(errors, 0));
  return {
    loss,
    state: {
      parameters: { weight: weights.value, bias: biases.value },
      slots: { weight: [weights.velocity], bias: [biases.velocity] },
      statistics: {},
      memory: {},
    },
  };
}
