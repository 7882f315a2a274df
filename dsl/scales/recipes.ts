import { labelledViews, smallViews } from "@/dsl/augmentations.ts";
import type {
  ByolTraining,
  ContrastiveTraining,
  FinetuneSettings,
  KnnSettings,
  LinearSettings,
  MocoTraining,
  Training,
} from "@/dsl/scale.ts";

/** SimCLR for small images and a laptop. */
export const smallSimclr: ContrastiveTraining = {
  epochs: 50,
  minimumSteps: 0,
  batch: 128,
  learningRate: 0.25,
  warmupEpochs: 2,
  // The loss is the sum over both views: half the rate and twice the decay of a loss that is their mean.
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-3 },
  augmentation: smallViews,
  precision: "float32",
  temperature: 0.2,
  head: { hidden: 64, output: 64, layers: 2 },
};

/** MoCo v2 for small images and a laptop. */
export const smallMoco: MocoTraining = {
  epochs: 50,
  minimumSteps: 0,
  batch: 128,
  learningRate: 0.1,
  warmupEpochs: 2,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 5e-4 },
  augmentation: smallViews,
  precision: "float32",
  temperature: 0.2,
  head: { hidden: 128, output: 64 },
  queue: 1024,
  // The published 0.999 remembers 1,000 steps, and a short training has no more than some 1,700.
  keyMomentum: 0.99,
};

/** BYOL for small images and a laptop. */
export const smallByol: ByolTraining = {
  epochs: 50,
  minimumSteps: 0,
  batch: 128,
  learningRate: 0.1,
  warmupEpochs: 2,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 5e-4 },
  augmentation: smallViews,
  precision: "float32",
  head: { hidden: 256, output: 64 },
  predictor: { hidden: 256 },
  // As published for the shortest training, of 40 epochs.
  baseMomentum: 0.97,
};

/** Supervised training for small images and a laptop. */
export const smallSupervised: Training = {
  epochs: 25,
  minimumSteps: 0,
  batch: 64,
  learningRate: 0.1,
  warmupEpochs: 1,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 5e-4 },
  augmentation: labelledViews,
  precision: "float32",
};

/** The linear probe's choices. */
export const linear: LinearSettings = {
  penalties: [1e-3, 1e-2, 1e-1],
  penaltyLimits: [1e-6, 10],
  heldOut: 0.2,
};

/** The nearest-neighbour probe's choices; the temperature is that of Wu et al. 2018. */
export const knn: KnnSettings = {
  neighbours: [1, 5, 10, 20, 50, 100, 200],
  temperature: 0.07,
  heldOut: 0.2,
};

/** Fine-tuning and training from scratch by the recipe of supervised pretraining, but for what is chosen or said here. */
export function finetuneBy(
  { learningRate: _, ...training }: Training,
  settings:
    & Pick<FinetuneSettings, "minimumSteps" | "wholePixels" | "learningRates" | "trialSteps">
    & Partial<FinetuneSettings>,
): FinetuneSettings {
  return { ...training, heldOut: 0.2, ...settings };
}
