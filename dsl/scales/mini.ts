import { labelledViews, smallViews } from "@/dsl/augmentations.ts";
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

// A view of 24 pixels costs about half of one of 32, and the images are tested at 32.
const views = { ...smallViews, pixels: 24 };

const supervised: Training = {
  ...smallSupervised,
  epochs: 16,
  augmentation: { ...labelledViews, pixels: 24 },
};

/**
 * A laptop: the paper's sizes divided by about 227, as many as the smallest domain of photographs at hand has.
 * The side of views, BYOL's epochs, rate and momentum, and the batch and rate of fine-tuning were chosen on small photographs at seeds 1001 to
 * 1003, which no report uses; the other epochs by what half an hour pays for.
 */
export const mini: Scale = {
  name: "mini",
  pixels: 32,
  sizes: { "10k": 44, "50k": 220, "125k": 550, "250k": 1100, "500k": 2200, "1M": 4400 },
  world: { train: 6000, test: 1500 },
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1, 1, 1], width: 16 },
  simclr: { ...smallSimclr, epochs: 25, augmentation: views },
  moco: { ...smallMoco, epochs: 25, augmentation: views },
  // BYOL takes longer than the others to beat an untrained encoder: on three seeds by 3.9 points after 35 epochs at a rate of
  // 0.1 and a momentum of 0.97, by 5.0 after 60 and 7.9 after 100 of these.
  byol: {
    ...smallByol,
    epochs: 100,
    learningRate: 0.2,
    baseMomentum: 0.9,
    augmentation: views,
  },
  supervised,
  // A penalty of 1e-4 took two thirds of the time, and on held-out labels its mean gain over 4,400 and more was below 0.
  linear: { ...linear, penalties: [1e-3, 1e-2, 1e-1] },
  knn,
  finetune: finetuneBy(supervised, {
    epochs: 12,
    batch: 32,
    minimumSteps: 160,
    learningRates: [0.05],
  }),
  seeds: 1,
};
