import * as tf from "@tensorflow/tfjs";
import type { SgdLinearSettings } from "@/dsl/scale.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { classifierSize, classify, type LinearShape } from "@/lib/probe/classify.ts";
import { balanceBlocks } from "@/lib/probe/fuse.ts";
import type { LabelledFeatures } from "@/lib/probe/labelled_features.ts";
import { applyScale, noScale } from "@/lib/probe/standardise_features.ts";
import { compile, oneHot } from "@/lib/tensor/mod.ts";
import { refuseNonFinite } from "@/lib/train/non_finite_loss.ts";
import { learningRateAt } from "@/lib/train/schedule.ts";

/** A probe's data and settings. */
export interface SgdLinearProbe extends LinearShape {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat. */
  readonly test: { readonly features: Float32Array };
  /** Dimensions of each encoder's features, where they are fused; one block by default. */
  readonly blocks?: readonly number[];
  readonly settings: SgdLinearSettings;
  readonly seed: number;
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
 * @throws {NonFiniteLossError} At the end of an epoch in which a loss was not a finite number.
 */
export async function sgdLinearProbe(probe: SgdLinearProbe): Promise<SgdLinearResult> {
  const { dim, classes, settings, train, seed } = probe;
  const scale = balanceBlocks(noScale(dim), {
    features: train.features,
    blocks: probe.blocks ?? [dim],
  });
  const count = train.labels.length;
  const batch = Math.min(settings.batch, count);
  const stepsPerEpoch = Math.floor(count / batch);
  const schedule = {
    peak: settings.learningRate * batch / 256,
    warmupSteps: 0,
    totalSteps: settings.epochs * stepsPerEpoch,
  };
  const features = tf.tensor2d(applyScale(train.features, scale), [count, dim]);
  const labels = tf.tensor1d(Int32Array.from(train.labels), "int32");
  const step = compile((inputs) => nesterovStep(inputs, probe), { name: "sgd_linear" });
  const zeros = () => [
    tf.zeros([dim, classes]),
    tf.zeros([classes]),
    tf.zeros([dim, classes]),
    tf.zeros([classes]),
  ];
  let state = zeros();
  const losses: number[] = [];
  let total = tf.scalar(0);
  try {
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      const order = permutation(count, randomAt(seed, "order", epoch));
      for (let i = 0; i < stepsPerEpoch; i++) {
        const places = Int32Array.from(order.subarray(i * batch, (i + 1) * batch));
        const rows = tf.tensor1d(places, "int32");
        const rate = tf.scalar(learningRateAt(epoch * stepsPerEpoch + i, schedule));
        const [sum, ...next] = await step([features, labels, rows, rate, total, ...state]);
        tf.dispose([rows, rate, total, ...state]);
        [total, state] = [sum as tf.Scalar, next];
      }
      losses.push((await total.data())[0]! / stepsPerEpoch);
      refuseNonFinite(losses.slice(-1), {
        done: (epoch + 1) * stepsPerEpoch,
        stepsPerEpoch,
        checkpoint: undefined,
      });
      total.dispose();
      total = tf.scalar(0);
    }
    const classifier = new Float32Array(classifierSize(probe));
    classifier.set(await state[0]!.data());
    classifier.set(await state[1]!.data(), dim * classes);
    const predictions = await classify(applyScale(probe.test.features, scale), classifier, probe);
    return { predictions, losses };
  } finally {
    step.dispose();
    tf.dispose([features, labels, total, ...state]);
  }
}

/** One step: adds the loss to the epoch's total, and moves weights and velocities. */
function nesterovStep(inputs: readonly tf.Tensor[], probe: SgdLinearProbe): tf.Tensor[] {
  const [features, labels, rows, rate, total, weights, bias, ...velocities] = inputs;
  const { momentum, weightDecay } = probe.settings;
  const x = tf.gather(features!, rows as tf.Tensor1D); // [batch, dim]
  const batchLabels = tf.gather(labels!, rows as tf.Tensor1D) as tf.Tensor1D;
  const wanted = oneHot(batchLabels, probe.classes);
  const logits = tf.add(tf.matMul(x, weights!), bias!) as tf.Tensor2D;
  const logProbabilities = tf.logSoftmax(logits);
  const loss = tf.neg(tf.mean(tf.sum(tf.mul(wanted, logProbabilities), 1)));
  const errors = tf.div(tf.sub(tf.exp(logProbabilities), wanted), x.shape[0]!); // [batch, classes]
  const gradients = [
    tf.add(tf.matMul(x, errors, true, false), tf.mul(weights!, weightDecay)),
    tf.sum(errors, 0),
  ];
  const moved = gradients.map((gradient, i) => {
    const velocity = tf.add(tf.mul(velocities[i]!, momentum), gradient);
    const ahead = tf.add(gradient, tf.mul(velocity, momentum));
    return { velocity, value: tf.sub([weights!, bias!][i]!, tf.mul(ahead, rate!)) };
  });
  return [
    tf.add(total!, loss),
    ...moved.map(({ value }) => value),
    ...moved.map(({ velocity }) => velocity),
  ];
}
