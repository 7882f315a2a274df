/** A pretraining small enough to be run many times: 34 of 40 images of 8x8 pixels, a network of blocks [1, 1]. */

import { oneView, twoViews } from "@/dsl/augmentations.ts";
import { methods } from "@/dsl/methods/mod.ts";
import type { LabelledImages } from "@/lib/data/pack.ts";
import type { Pretrained, Pretraining } from "@/lib/train/pretrain.ts";
import type { TrainingPart } from "@/lib/train/training_images.ts";

const COUNT = 40, PIXELS = 8, CLASSES = 4;

const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % CLASSES);
// Noise whose brightness tells the class, so that there is something to learn.
const images = Uint8Array.from({ length: COUNT * PIXELS * PIXELS * 3 }, (_, i) => {
  const noise = (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 63;
  return 60 * labels[Math.floor(i / (PIXELS * PIXELS * 3))]! + noise / 8;
});

/** Images in memory as a split of a pack. */
export function splitOf(
  bytes: Uint8Array,
  at: { pixels: number; labels: Uint16Array },
): LabelledImages {
  const size = at.pixels ** 2 * 3;
  return {
    count: at.labels.length,
    labels: at.labels,
    images: bytes,
    read: (indices) => {
      const read = new Uint8Array(indices.length * size);
      Array.from(indices).forEach((image, row) => {
        read.set(bytes.subarray(image * size, (image + 1) * size), row * size);
      });
      return Promise.resolve(read);
    },
  };
}

/** The images to train on. */
export const part = {
  split: splitOf(images, { pixels: PIXELS, labels }),
  subset: Uint32Array.from({ length: 34 }, (_, i) => i + 3),
  classes: CLASSES,
} satisfies TrainingPart;

const data = {
  parts: [part],
  pixels: PIXELS,
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1], width: 4 } as const,
  seed: 5,
};

const { simclr, moco, byol, supervised } = methods;
const short = { epochs: 3, batch: 16, warmupEpochs: 1 };

/** SimCLR's recipe: three epochs of two batches of 16. */
export const recipe = {
  ...simclr.recipes.smoke,
  ...short,
  views: twoViews({ ...simclr.recipes.smoke.views[0].augmentation, pixels: PIXELS }),
};

/** The recipe of supervised training, as long. */
export const labelledRecipe = {
  ...supervised.recipes.smoke,
  ...short,
  views: oneView({ ...supervised.recipes.smoke.views[0].augmentation, pixels: PIXELS }),
};

/** A SimCLR pretraining. */
export const contrastive = { ...data, training: recipe } satisfies Pretraining;

/** A MoCo pretraining; its queue is longer than a batch and shorter than two. */
export const queued = {
  ...data,
  training: { ...moco.recipes.smoke, ...short, views: recipe.views },
} satisfies Pretraining;

/** A BYOL pretraining. */
export const predicting = {
  ...data,
  training: { ...byol.recipes.smoke, ...short, views: recipe.views },
} satisfies Pretraining;

/** A supervised pretraining. */
export const classifying = {
  ...data,
  training: labelledRecipe,
} satisfies Pretraining;

/** What of a pretraining is the same whenever, and after however many stops, it is run: all but times and memory. */
export function bits({ weights, curve }: Pretrained) {
  return {
    weights,
    curve: curve.map(({ viewsPerSecond: _, peakMemory: __, seconds: ___, ...rest }) => rest),
  };
}
