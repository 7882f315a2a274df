import {
  labelledViews,
  largeByolViews,
  largeMocoViews,
  largeViews,
  smallViews,
} from "@/dsl/augmentations.ts";
import { freeze } from "@/dsl/freeze.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type {
  ByolTraining,
  ContrastiveTraining,
  FinetuneSettings,
  KnnSettings,
  MocoTraining,
  Precision,
  Scale,
  ScaleName,
  Training,
} from "@/dsl/scale.ts";

const smallSimclr: ContrastiveTraining = {
  epochs: 50,
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

const smallMoco: MocoTraining = {
  epochs: 50,
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

const smallByol: ByolTraining = {
  epochs: 50,
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

const smallSupervised: Training = {
  epochs: 25,
  batch: 64,
  learningRate: 0.1,
  warmupEpochs: 1,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 5e-4 },
  augmentation: labelledViews,
  precision: "float32",
};

const linear = { penalties: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1], heldOut: 0.2 };

// The temperature of Wu et al. 2018.
const knn: KnnSettings = {
  neighbours: [1, 5, 10, 20, 50, 100, 200],
  temperature: 0.07,
  heldOut: 0.2,
};

/** Fine-tuning and training from scratch by the recipe of supervised pretraining, but for what is chosen or said here. */
function finetuneBy(
  { learningRate: _, ...training }: Training,
  settings: Pick<FinetuneSettings, "minimumSteps" | "learningRates"> & Partial<FinetuneSettings>,
): FinetuneSettings {
  return { ...training, heldOut: 0.2, ...settings };
}

const smokeSupervised: Training = {
  ...smallSupervised,
  epochs: 2,
  augmentation: { ...labelledViews, pixels: 16 },
};

const mediumSupervised: Training = {
  ...smallSupervised,
  augmentation: { ...labelledViews, pixels: 64 },
  epochs: 90,
  batch: 256,
  warmupEpochs: 5,
  precision: "bfloat16",
};

const paperSupervised: Training = {
  epochs: 90,
  batch: 1024,
  learningRate: 0.4,
  warmupEpochs: 5,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
  augmentation: { ...labelledViews, pixels: 224, cropArea: [0.08, 1] },
  precision: "bfloat16",
};

const scales: { readonly [N in ScaleName]: Scale } = freeze({
  // The whole path in a minute; its numbers mean nothing.
  smoke: {
    name: "smoke",
    pixels: 24,
    sizes: { "10k": 24, "50k": 48, "125k": 96, "250k": 128, "500k": 192, "1M": 256 },
    world: { train: 320, test: 160 },
    network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1], width: 8 },
    simclr: {
      ...smallSimclr,
      epochs: 2,
      batch: 64,
      warmupEpochs: 1,
      augmentation: { ...smallViews, pixels: 16 },
    },
    moco: {
      ...smallMoco,
      epochs: 2,
      batch: 64,
      warmupEpochs: 1,
      augmentation: { ...smallViews, pixels: 16 },
      queue: 128,
    },
    byol: {
      ...smallByol,
      epochs: 2,
      batch: 64,
      warmupEpochs: 1,
      augmentation: { ...smallViews, pixels: 16 },
    },
    supervised: smokeSupervised,
    linear: { penalties: [1e-3, 1e-1], heldOut: 0.2 },
    knn: { ...knn, neighbours: [1, 5] },
    finetune: finetuneBy(smokeSupervised, { minimumSteps: 4, learningRates: [0.05] }),
    seeds: 1,
  },
  // A laptop: the paper's sizes divided by about 227, as many as the smallest domain of photographs at hand has.
  mini: {
    name: "mini",
    pixels: 32,
    sizes: { "10k": 44, "50k": 220, "125k": 550, "250k": 1100, "500k": 2200, "1M": 4400 },
    world: { train: 6000, test: 1500 },
    network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1, 1, 1], width: 16 },
    simclr: smallSimclr,
    moco: smallMoco,
    byol: smallByol,
    supervised: smallSupervised,
    linear,
    knn,
    finetune: finetuneBy(smallSupervised, { minimumSteps: 150, learningRates: [0.02, 0.1] }),
    seeds: 1,
  },
  // One GPU for a day: the paper's sizes divided by 10.
  small: {
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
    supervised: mediumSupervised,
    linear,
    knn,
    finetune: finetuneBy(mediumSupervised, { minimumSteps: 1000, learningRates: [0.01, 0.1] }),
    seeds: 1,
  },
  // The paper's own sizes, with the methods' published recipes where the paper is silent.
  paper: {
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
    supervised: paperSupervised,
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
    finetune: finetuneBy(paperSupervised, {
      epochs: 30,
      minimumSteps: 3000,
      learningRates: [0.04, 0.4],
    }),
    seeds: 1,
  },
});

/**
 * The scale of a name: `smoke`, `mini`, `small` or `paper`.
 *
 * @param options.precision Of every training, instead of the scale's own.
 */
export function scaleOf(name: ScaleName, options: { readonly precision?: Precision } = {}): Scale {
  const scale = scales[name];
  const { precision } = options;
  if (precision === undefined) return scale;
  return freeze({
    ...scale,
    simclr: { ...scale.simclr, precision },
    moco: { ...scale.moco, precision },
    byol: { ...scale.byol, precision },
    supervised: { ...scale.supervised, precision },
    finetune: { ...scale.finetune, precision },
  });
}
