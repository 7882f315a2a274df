import { labelledViews, smallViews } from "@/dsl/augmentations.ts";
import type { Scale, Training } from "@/dsl/scale.ts";
import {
  finetuneBy,
  knn,
  smallByol,
  smallMoco,
  smallSimclr,
  smallSupervised,
} from "@/dsl/scales/recipes.ts";

const supervised: Training = {
  ...smallSupervised,
  epochs: 2,
  augmentation: { ...labelledViews, pixels: 16 },
};

/** The whole path in a minute; its numbers mean nothing. */
export const smoke: Scale = {
  name: "smoke",
  pixels: 24,
  sizes: { "10k": 24, "50k": 48, "125k": 96, "250k": 128, "500k": 192, "1M": 256 },
  labels: { "10k": 48, "50k": 96, "125k": 128, "250k": 160, "500k": 208, "1M": 256 },
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
  supervised,
  linear: { penalties: [1e-3, 1e-1], penaltyLimits: [1e-4, 1], heldOut: 0.2 },
  knn: { ...knn, neighbours: [1, 5] },
  finetune: finetuneBy(supervised, {
    minimumSteps: 4,
    wholePixels: 20,
    learningRates: [0.05],
    trialSteps: 4,
  }),
  seeds: 1,
};
