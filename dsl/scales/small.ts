import { labelledViews, smallViews } from "@/dsl/augmentations.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { Scale, Training } from "@/dsl/scale.ts";
import {
  finetuneBy,
  knn,
  linear,
  smallByol,
  smallMoco,
  smallSimclr,
  smallSupervised,
} from "@/dsl/scales/recipes.ts";

const supervised: Training = {
  ...smallSupervised,
  augmentation: { ...labelledViews, pixels: 64 },
  epochs: 90,
  batch: 256,
  warmupEpochs: 5,
  precision: "bfloat16",
};

/** One GPU for a day: the paper's sizes divided by 10. */
export const small: Scale = {
  name: "small",
  pixels: 64,
  sizes: {
    "10k": 1000,
    "50k": 5000,
    "125k": 12_500,
    "250k": 25_000,
    "500k": 50_000,
    "1M": 100_000,
  },
  labels: {
    "10k": 1000,
    "50k": 5000,
    "125k": 12_500,
    "250k": 25_000,
    "500k": 50_000,
    "1M": 100_000,
  },
  world: { train: 120_000, test: 10_000 },
  network: { family: "resnet", stem: "small", block: "basic", blocks: [2, 2, 2, 2], width: 64 },
  simclr: {
    ...smallSimclr,
    augmentation: { ...smallViews, pixels: 64 },
    epochs: 200,
    batch: 512,
    learningRate: 1,
    warmupEpochs: 10,
    optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-4 },
    head: { hidden: 512, output: 128, layers: 2 },
    precision: "bfloat16",
  },
  moco: {
    ...smallMoco,
    augmentation: { ...smallViews, pixels: 64 },
    epochs: 200,
    batch: 256,
    learningRate: 0.06,
    warmupEpochs: 10,
    optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
    head: { hidden: 512, output: 128 },
    queue: 16_384,
    keyMomentum: 0.999,
    precision: "bfloat16",
  },
  byol: {
    ...smallByol,
    augmentation: { ...smallViews, pixels: 64 },
    epochs: 200,
    batch: 512,
    learningRate: linearRate(0.45, 512),
    warmupEpochs: 10,
    optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
    head: { hidden: 1024, output: 128 },
    predictor: { hidden: 1024 },
    baseMomentum: 0.99,
    precision: "bfloat16",
  },
  supervised,
  linear,
  knn,
  finetune: finetuneBy(supervised, {
    minimumSteps: 1000,
    wholePixels: 64,
    learningRates: [0.01, 0.1],
    trialSteps: 1000,
  }),
  seeds: 1,
};
