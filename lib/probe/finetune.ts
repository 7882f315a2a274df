import type { FinetuneSettings } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { LabelledImages, PackedSplit } from "@/lib/data/pack.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { accuracyOf, chooseBest } from "@/lib/probe/choose_best.ts";
import {
  type ClassifierConfig,
  classifierTrainer,
  type TrainedClassifier,
} from "@/lib/probe/classifier_trainer.ts";
import { classify } from "@/lib/probe/classify.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { holdOut } from "@/lib/probe/hold_out.ts";
import { checkpointFolder, type Saving } from "@/lib/train/checkpoint_folder.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";

/** Everything that decides a fine-tuning; `weights` null is training from scratch. */
export interface Finetuning extends ClassifierConfig {
  /** The labelled images: `subset` names those of `split` to train on. */
  readonly train: { readonly split: LabelledImages; readonly subset: Uint32Array };
  /** The test images; their labels stay away. */
  readonly test: Pick<PackedSplit, "count" | "read">;
  readonly settings: FinetuneSettings;
  /** Saves it while it is under way, and goes on from what is saved; the result does not depend on it. */
  readonly checkpoints?: CheckpointOptions;
  /**
   * Told after every step how many are done, of those of all learning rates and of the last training; first of all, where a
   * checkpoint is gone on from, its.
   */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a fine-tuning found. */
export interface FinetuneResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The learning rate chosen. */
  readonly learningRate: number;
  /** Accuracy on the held-out labels for each learning rate tried, smallest first; null where the training diverged. */
  readonly heldOutAccuracy: readonly TriedRate[];
  /** Steps of the last training, on all labels. */
  readonly steps: number;
  /** The mean loss of each of its epochs. */
  readonly losses: readonly number[];
}

/** A learning rate that was tried. */
export interface TriedRate {
  readonly learningRate: number;
  /** On the held-out labels; null where the training diverged. */
  readonly accuracy: number | null;
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
 * A checkpoint holds one training between two of its steps, and what came out of the rates that were tried before it.
 *
 * @throws {InputError} If there are fewer than two labelled images, every learning rate diverges, or a checkpoint cannot be
 *   written.
 * @throws {NonFiniteLossError} If the chosen one diverges on all labels.
 */
export async function finetune(config: Finetuning): Promise<FinetuneResult> {
  const { train: { split, subset }, settings, seed } = config;
  const { kept, heldOut } = holdOut(subset.length, { part: settings.heldOut, seed });
  const forChoice = subsetOf(subset, kept), judges = subsetOf(subset, heldOut);
  const rates = settings.learningRates.toSorted((a, b) => a - b);
  const toTry = rates.length === 1 ? [] : rates;
  const checkpoints = config.checkpoints && checkpointFolder(config.checkpoints);
  let begun = await checkpoints?.newest();
  const tried = [...begun?.progress.earlier.results as readonly TriedRate[] ?? []];
  const trainer = classifierTrainer(config);
  const stepsEach = trainer.stepsFor(forChoice.length, settings.trialSteps);
  const steps = trainer.stepsFor(subset.length);
  const total = stepsEach * toTry.length + steps;
  /** Trains after all that were tried. */
  const trainOn = (images: Uint32Array, at: { learningRate: number; atMost?: number }) => {
    const earlier = { steps: stepsEach * tried.length, results: [...tried] };
    const saving: Saving | undefined = checkpoints && { checkpoints, begun, earlier };
    begun = undefined;
    const onStep = (done: number) => config.onProgress?.(earlier.steps + done, total);
    return trainer.train({ split, subset: images }, { ...at, saving, onStep });
  };
  try {
    for (const learningRate of toTry.slice(tried.length)) {
      const trained = trainOn(forChoice, { learningRate, atMost: settings.trialSteps });
      tried.push({ learningRate, accuracy: await accuracyUnlessDiverged(trained, judges, config) });
    }
    const judged = tried.map(({ learningRate, accuracy }) => ({
      choice: learningRate,
      accuracy: accuracy ?? -1,
    }));
    const best = toTry.length === 0 ? { choice: rates[0]!, accuracy: 0 } : chooseBest(judged);
    if (best.accuracy < 0) {
      throw new InputError(
        "finetune.learningRates",
        `training diverges at each of ${rates.join(", ")}`,
        "Add a smaller one",
      );
    }
    const { weights, losses } = await trainOn(subset, { learningRate: best.choice });
    return {
      predictions: await predict(weights, { ...config, split: config.test }),
      learningRate: best.choice,
      heldOutAccuracy: tried,
      steps,
      losses,
    };
  } finally {
    trainer.dispose();
  }
}

/** The accuracy on the judges of what is trained; null if it diverges. */
async function accuracyUnlessDiverged(
  trained: Promise<TrainedClassifier>,
  judges: Uint32Array,
  config: Finetuning,
): Promise<number | null> {
  const { split } = config.train;
  try {
    const { weights } = await trained;
    const some = {
      count: judges.length,
      read: (places: ArrayLike<number>) => split.read(subsetOf(judges, places)),
    };
    const predictions = await predict(weights, { ...config, split: some });
    return accuracyOf(predictions, Uint16Array.from(judges, (image) => split.labels[image]!));
  } catch (error) {
    if (error instanceof NonFiniteLossError) return null;
    throw error;
  }
}

/** The classes that a trained network and its classifier give to images. */
async function predict(
  weights: Weights,
  of: Pick<Finetuning, "network" | "normalisation" | "pixels" | "classes" | "settings"> & {
    readonly split: Pick<PackedSplit, "count" | "read">;
  },
): Promise<Uint16Array> {
  const { split, pixels, network, normalisation, classes, settings: { wholePixels } } = of;
  const features = await extractFeatures(weights, {
    ...{ split, pixels, wholePixels, network },
    ...normalisation && { normalisation },
  });
  const classifier = [...weights["fc.weight"]!, ...weights["fc.bias"]!];
  return classify(features, classifier, { dim: encoderOf(network).features, classes });
}

function subsetOf(images: Uint32Array, places: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(places, (place) => images[place]!);
}
