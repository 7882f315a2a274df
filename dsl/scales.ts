import { freeze } from "@/dsl/freeze.ts";
import type {
  Augmentation,
  ContrastiveTraining,
  Precision,
  Scale,
  ScaleName,
  Training,
} from "@/dsl/scale.ts";

// SimCLR's recipe for small images: jitter strength 0.5, no blur (Chen et al. 2020, appendix B.9).
const smallViews: Augmentation = {
  pixels: 24,
  cropArea: [0.2, 1],
  cropAspect: [3 / 4, 4 / 3],
  flip: 0.5,
  jitter: 0.8,
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.1,
  greyscale: 0.2,
  blur: 0,
};

// SimCLR's recipe for ImageNet: jitter strength 1, blur.
const largeViews: Augmentation = {
  ...smallViews,
  pixels: 224,
  cropArea: [0.08, 1],
  brightness: 0.8,
  contrast: 0.8,
  saturation: 0.8,
  hue: 0.2,
  blur: 0.5,
};

// Crop and flip only: the usual augmentation of supervised training.
const labelledViews: Augmentation = { ...smallViews, jitter: 0, greyscale: 0, cropArea: [0.3, 1] };

const smallSimclr: ContrastiveTraining = {
  epochs: 50,
  batch: 128,
  learningRate: 0.5,
  warmupEpochs: 2,
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 5e-4 },
  augmentation: smallViews,
  precision: "float32",
  temperature: 0.2,
  head: { hidden: 64, output: 64 },
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
    supervised: {
      ...smallSupervised,
      epochs: 2,
      augmentation: { ...labelledViews, pixels: 16 },
    },
    linear: { penalties: [1e-3, 1e-1], heldOut: 0.2 },
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
    supervised: smallSupervised,
    linear,
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
      head: { hidden: 512, output: 128 },
      precision: "bfloat16",
    },
    supervised: {
      ...smallSupervised,
      augmentation: { ...labelledViews, pixels: 64 },
      epochs: 90,
      batch: 256,
      warmupEpochs: 5,
      precision: "bfloat16",
    },
    linear,
    seeds: 1,
  },
  // The paper's own sizes, with SimCLR's published recipe where the paper is silent.
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
      learningRate: 4.8,
      warmupEpochs: 10,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-4 },
      augmentation: largeViews,
      precision: "bfloat16",
      temperature: 0.1,
      head: { hidden: 2048, output: 128 },
    },
    supervised: {
      epochs: 90,
      batch: 1024,
      learningRate: 0.4,
      warmupEpochs: 5,
      optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
      augmentation: { ...labelledViews, pixels: 224, cropArea: [0.08, 1] },
      precision: "bfloat16",
    },
    linear,
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
    supervised: { ...scale.supervised, precision },
  });
}
