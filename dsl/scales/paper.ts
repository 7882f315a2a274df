import { labelledViews, largeByolViews, largeMocoViews, largeViews } from "@/dsl/augmentations.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { Scale, Training } from "@/dsl/scale.ts";
import { finetuneBy, knn } from "@/dsl/scales/recipes.ts";

const supervised: Training = {
  epochs: 90,
  minimumSteps: 0,
  batch: 1024,
  learningRate: 0.4,
  warmupEpochs: 5,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
  augmentation: { ...labelledViews, pixels: 224, cropArea: [0.08, 1] },
  precision: "bfloat16",
};

/** The paper's own sizes, with the methods' published recipes where the paper is silent. */
export const paper: Scale = {
  name: "paper",
  pixels: 224,
  sizes: {
    "10k": 10_000,
    "50k": 50_000,
    "125k": 125_000,
    "250k": 250_000,
    "500k": 500_000,
    "1M": 1_000_000,
  },
  labels: {
    "10k": 10_000,
    "50k": 50_000,
    "125k": 125_000,
    "250k": 250_000,
    "500k": 500_000,
    "1M": 1_000_000,
  },
  world: { train: 1_200_000, test: 50_000 },
  network: {
    family: "resnet",
    stem: "large",
    block: "bottleneck",
    blocks: [3, 4, 6, 3],
    width: 64,
  },
  simclr: {
    epochs: 100,
    minimumSteps: 0,
    batch: 4096,
    learningRate: linearRate(0.3, 4096),
    warmupEpochs: 10,
    optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-4 },
    augmentation: largeViews,
    precision: "bfloat16",
    temperature: 0.1,
    head: { hidden: 2048, output: 128, layers: 3 },
  },
  // MoCo v2 for 200 epochs (Chen et al. 2020c).
  moco: {
    epochs: 200,
    minimumSteps: 0,
    batch: 256,
    learningRate: linearRate(0.03, 256),
    warmupEpochs: 0,
    optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
    augmentation: largeMocoViews,
    precision: "bfloat16",
    temperature: 0.2,
    head: { hidden: 2048, output: 128 },
    queue: 65_536,
    keyMomentum: 0.999,
  },
  // BYOL for 100 epochs (Grill et al. 2020, appendix; the authors' presets).
  byol: {
    epochs: 100,
    minimumSteps: 0,
    batch: 4096,
    learningRate: linearRate(0.45, 4096),
    warmupEpochs: 10,
    optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
    augmentation: largeByolViews,
    precision: "bfloat16",
    head: { hidden: 4096, output: 256 },
    predictor: { hidden: 4096 },
    baseMomentum: 0.99,
  },
  supervised,
  // SimCLR's own linear evaluation on ImageNet (its README), on features that are extracted once.
  linear: {
    epochs: 90,
    batch: 4096,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-6,
  },
  knn,
  // SimCLR's number of epochs for 10 % of the labels or more.
  finetune: finetuneBy(supervised, {
    epochs: 30,
    minimumSteps: 3000,
    wholePixels: 224,
    learningRates: [0.04, 0.4],
    trialSteps: 3000,
  }),
  seeds: 1,
};
