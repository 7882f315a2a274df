import type { FinetuneSettings } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { LabelledImages, PackedSplit } from "@/lib/data/pack.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { accuracyOf, chooseBest } from "@/lib/probe/choose_best.ts";
import {
  type ClassifierConfig,
  type ClassifierTrainer,
  classifierTrainer,
} from "@/lib/probe/classifier_trainer.ts";
import { classify } from "@/lib/probe/classify.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { holdOut } from "@/lib/probe/hold_out.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";

/** Everything that decides a fine-tuning; `weights` null is training from scratch. */
export interface Finetuning extends ClassifierConfig {
  /** The labelled images: `subset` names those of `split` to train on. */
  readonly train: { readonly split: LabelledImages; readonly subset: Uint32Array };
  /** The test images; their labels stay away. */
  readonly test: Pick<PackedSplit, "count" | "read">;
  readonly settings: FinetuneSettings;
  /** Told after every step how many are done, of those of all learning rates and of the last training. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a fine-tuning found. */
export interface FinetuneResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The learning rate chosen. */
  readonly learningRate: number;
  /** Accuracy on the held-out labels for each learning rate tried, smallest first; null where the training diverged. */
  readonly heldOutAccuracy: readonly {
    readonly learningRate: number;
    readonly accuracy: number | null;
  }[];
  /** Steps of the last training, on all labels. */
  readonly steps: number;
  /** The mean loss of each of its epochs. */
  readonly losses: readonly number[];
}

/**
 * Trains all layers and a new linear classifier on labelled images, from an encoder's weights (paper, Fig 2 b) or, as the
 * supervised baseline, from initial ones; nothing else differs between the two.
 *
 * Each learning rate is tried on a part of the labelled images, in `trialSteps` steps at most, and judged on the rest, the
 * same parts as the linear probe's; the best one, the smaller of two equals, then trains on all. One that is alone is not
 * tried. Batch normalisation uses the batch's statistics in training, which the running ones follow, and the running ones in
 * every prediction. Images are predicted whole.
 *
 * @throws {InputError} If there are fewer than two labelled images, or every learning rate diverges.
 * @throws {NonFiniteLossError} If the chosen one diverges on all labels.
 */
export async function finetune(config: Finetuning): Promise<FinetuneResult> {
  const { train: { split, subset }, settings, seed } = config;
  const { kept, heldOut } = holdOut(subset.length, { share: settings.heldOut, seed });
  const forChoice = subsetOf(subset, kept), judges = subsetOf(subset, heldOut);
  const rates = settings.learningRates.toSorted((a, b) => a - b);
  const toTry = rates.length === 1 ? [] : rates;
  const trainer = classifierTrainer(config);
  const stepsEach = trainer.stepsFor(forChoice.length, settings.trialSteps);
  const steps = trainer.stepsFor(subset.length);
  const total = stepsEach * toTry.length + steps;
  try {
    const tried = [];
    for (const [i, choice] of toTry.entries()) {
      const onStep = (done: number) => config.onProgress?.(i * stepsEach + done, total);
      const accuracy = await tryRate(config, { trainer, choice, forChoice, judges, onStep });
      tried.push({ choice, accuracy });
    }
    const judged = tried.map(({ choice, accuracy }) => ({ choice, accuracy: accuracy ?? -1 }));
    const best = toTry.length === 0 ? { choice: rates[0]!, accuracy: 0 } : chooseBest(judged);
    if (best.accuracy < 0) {
      throw new InputError(
        "finetune.learningRates",
        `training diverges at each of ${rates.join(", ")}`,
        "Add a smaller one",
      );
    }
    const { weights, losses } = await trainer.train({ split, subset }, {
      learningRate: best.choice,
      onStep: (done) => config.onProgress?.(toTry.length * stepsEach + done, total),
    });
    return {
      predictions: await predict(weights, { ...config, split: config.test }),
      learningRate: best.choice,
      heldOutAccuracy: tried.map(({ choice, accuracy }) => ({ learningRate: choice, accuracy })),
      steps,
      losses,
    };
  } finally {
    trainer.dispose();
  }
}

/** The accuracy on the judges of a training at one learning rate; null if it diverges. */
async function tryRate(
  config: Finetuning,
  at: {
    readonly trainer: ClassifierTrainer;
    readonly choice: number;
    readonly forChoice: Uint32Array;
    readonly judges: Uint32Array;
    readonly onStep: (done: number) => void;
  },
): Promise<number | null> {
  const { split } = config.train;
  try {
    const { weights } = await at.trainer.train({ split, subset: at.forChoice }, {
      learningRate: at.choice,
      atMost: config.settings.trialSteps,
      onStep: at.onStep,
    });
    const some = {
      count: at.judges.length,
      read: (places: ArrayLike<number>) => split.read(subsetOf(at.judges, places)),
    };
    const predictions = await predict(weights, { ...config, split: some });
    return accuracyOf(predictions, Uint16Array.from(at.judges, (image) => split.labels[image]!));
  } catch (error) {
    if (error instanceof NonFiniteLossError) return null;
    throw error;
  }
}

/** The classes that a trained network and its classifier give to images. */
async function predict(
  weights: Weights,
  of: Pick<Finetuning, "network" | "pixels" | "classes" | "settings"> & {
    readonly split: Pick<PackedSplit, "count" | "read">;
  },
): Promise<Uint16Array> {
  const { split, pixels, network, classes, settings: { wholePixels } } = of;
  const features = await extractFeatures(weights, { split, pixels, wholePixels, network });
  const classifier = [...weights["fc.weight"]!, ...weights["fc.bias"]!];
  return classify(features, classifier, { dim: encoderOf(network).features, classes });
}

function subsetOf(images: Uint32Array, places: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(places, (place) => images[place]!);
}
