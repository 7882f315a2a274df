import { labelledViews, smallViews } from "@/dsl/augmentations.ts";
import type { AdamOptimizer, Scale, Training } from "@/dsl/scale.ts";
import {
  finetuneBy,
  knn,
  linear,
  smallByol,
  smallMoco,
  smallSimclr,
  smallSupervised,
} from "@/dsl/scales/recipes.ts";

const pixels = 20;

const adam: AdamOptimizer = { name: "adam", beta1: 0.9, beta2: 0.999, weightDecay: 0.01 };

const unlabelled = {
  epochs: 16,
  minimumSteps: 544,
  batch: 64,
  learningRate: 0.01,
  optimizer: adam,
  augmentation: { ...smallViews, pixels },
} as const;

const supervised: Training = {
  ...smallSupervised,
  epochs: 20,
  minimumSteps: 544,
  learningRate: 0.01,
  optimizer: adam,
  augmentation: { ...labelledViews, pixels },
};

/**
 * A laptop: the paper's sizes divided by about 227, as many as the smallest domain of photographs at hand has.
 */
export const mini: Scale = {
  name: "mini",
  pixels: 32,
  sizes: { "10k": 44, "50k": 220, "125k": 550, "250k": 1100, "500k": 2200, "1M": 4400 },
  labels: { "10k": 252, "50k": 680, "125k": 1200, "250k": 1900, "500k": 2900, "1M": 4400 },
  world: { train: 5000, test: 4000 },
  // In so short a training a fourth stage takes a quarter more time and lowers what SimCLR gains.
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1, 1], width: 16 },
  simclr: { ...smallSimclr, ...unlabelled },
  moco: { ...smallMoco, ...unlabelled, epochs: 20 },
  byol: { ...smallByol, ...unlabelled, learningRate: 0.005 },
  supervised,
  linear: { ...linear, penalties: [1e-4, 1e-3, 1e-2] },
  knn,
  finetune: finetuneBy(supervised, {
    epochs: 20,
    minimumSteps: 200,
    wholePixels: 20,
    learningRates: [0.003, 0.01],
    trialSteps: 150,
    augmentation: { ...labelledViews, pixels: 16 },
  }),
  seeds: 1,
};
