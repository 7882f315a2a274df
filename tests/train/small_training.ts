/** A pretraining small enough to be run many times: 34 of 40 images of 8x8 pixels, a network of blocks [1, 1]. */

import { scaleOf } from "@/dsl/scales.ts";
import type { Pretraining } from "@/lib/train/pretrain.ts";

const COUNT = 40, PIXELS = 8, CLASSES = 4;

const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % CLASSES);
// Noise whose brightness tells the class, so that there is something to learn.
const images = Uint8Array.from({ length: COUNT * PIXELS * PIXELS * 3 }, (_, i) => {
  const noise = (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 63;
  return 60 * labels[Math.floor(i / (PIXELS * PIXELS * 3))]! + noise / 8;
});

const data = {
  images,
  labels,
  classes: CLASSES,
  pixels: PIXELS,
  subset: Uint32Array.from({ length: 34 }, (_, i) => i + 3),
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1], width: 4 } as const,
  seed: 5,
};

const smoke = scaleOf("smoke");
const short = { epochs: 3, batch: 16, warmupEpochs: 1 };

/** SimCLR's recipe: three epochs of two batches of 16. */
export const recipe = {
  ...smoke.simclr,
  ...short,
  augmentation: { ...smoke.simclr.augmentation, pixels: PIXELS },
};

/** The recipe of supervised training, as long. */
export const labelledRecipe = {
  ...smoke.supervised,
  ...short,
  augmentation: { ...smoke.supervised.augmentation, pixels: PIXELS },
};

/** A SimCLR pretraining. */
export const contrastive = { ...data, method: "simclr", training: recipe } satisfies Pretraining;

/** A supervised pretraining. */
export const classifying = {
  ...data,
  method: "supervised",
  training: labelledRecipe,
} satisfies Pretraining;
