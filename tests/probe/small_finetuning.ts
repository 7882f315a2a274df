/** A fine-tuning small enough to be run many times: images of 8x8 pixels whose colour tells the class. */

import { randomAt } from "@/lib/base/random.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import type { FinetuneSettings } from "@/dsl/scale.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import type { Finetuning } from "@/lib/probe/finetune.ts";
import { labelledRecipe, splitOf } from "@/tests/train/small_training.ts";

const PIXELS = 8, CLASSES = 3;

function made(count: number, seed: number) {
  const random = randomAt(seed, "small finetuning");
  const labels = Uint16Array.from({ length: count }, (_, i) => i % CLASSES);
  const images = Uint8Array.from({ length: count * PIXELS * PIXELS * 3 }, (_, i) => {
    const strong = i % 3 === labels[Math.floor(i / (PIXELS * PIXELS * 3))];
    return (strong ? 80 : 0) + 175 * random.uniform();
  });
  return splitOf(images, { pixels: PIXELS, labels });
}

const { method: _, learningRate: __, ...recipe } = labelledRecipe;

/** Two learning rates; 6 epochs of two batches of 16. */
export const settings: FinetuneSettings = {
  ...recipe,
  epochs: 6,
  minimumSteps: 0,
  learningRates: [0.2, 0.02],
  trialSteps: 1000,
  wholePixels: PIXELS,
  heldOut: 0.2,
};

const network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
} as const;

/** Weights that are not the seed's own. */
export const otherWeights = initialWeights(encoderOf(network), 77);

/** From {@linkcode otherWeights}, on 40 of 60 images. */
export const finetuning: Finetuning = {
  weights: otherWeights,
  network,
  train: { split: made(60, 1), subset: Uint32Array.from({ length: 40 }, (_, i) => 59 - i) },
  test: made(90, 2),
  pixels: PIXELS,
  classes: CLASSES,
  settings,
  seed: 5,
};

/** The classes of the test images, which no fine-tuning sees. */
export const testLabels = Uint16Array.from({ length: 90 }, (_, i) => i % CLASSES);
