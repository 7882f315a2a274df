import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Augmentation } from "@/dsl/mod.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { showViews } from "@/lib/train/show_views.ts";

await loadBackend();

const still: Augmentation = {
  pixels: 4,
  cropArea: [1, 1],
  cropAspect: [1, 1],
  flip: 0,
  jitter: 0,
  brightness: 0.8,
  contrast: 0.8,
  saturation: 0.8,
  hue: 0.2,
  greyscale: 0,
  blur: 0,
};
const images = Uint8Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => (i * 37) % 256);
const at = { indices: Uint32Array.of(3, 8), views: 2, pixels: 4, seed: 1 };

Deno.test("showViews() gives back the images where an augmentation changes nothing", async () => {
  const before = tf.memory().numTensors;
  const shown = await showViews(images, { ...at, augmentation: still });
  assert.deepEqual([...shown], [...images, ...images]);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("showViews() mirrors, and makes every view another where colours change", async () => {
  const mirrored = await showViews(images, { ...at, augmentation: { ...still, flip: 1 } });
  assert.deepEqual([...mirrored.subarray(0, 3)], [...images.subarray(9, 12)]);
  const shown = await showViews(images, { ...at, augmentation: { ...still, jitter: 1 } });
  const [first, second] = [shown.subarray(0, 96), shown.subarray(96)];
  assert.notDeepEqual([...first], [...second]);
});
