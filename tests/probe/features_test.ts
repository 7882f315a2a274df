import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { encoderOf } from "@/lib/model/encoder.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
} as const;
const initial = initialWeights(encoderOf(network), 3);
const PIXELS = 6, SIZE = PIXELS * PIXELS * 3;
// More than one batch, and the last one not full.
const COUNT = 300;
const images = Uint8Array.from(
  { length: COUNT * SIZE },
  (_, i) => (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 255,
);

/** One image that grows evenly brighter from left to right, so that it is the same at any side. */
function ramp(side: number) {
  const value = (i: number) => 200 * (Math.floor(i / 3) % side) / (side - 1);
  const image = Uint8Array.from({ length: side * side * 3 }, (_, i) => value(i));
  return { count: 1, read: () => Promise.resolve(image) };
}

/** `count` of the images from `first` on, as a split of a pack. */
function some(first: number, count: number) {
  return {
    count,
    read: (indices: ArrayLike<number>) => {
      const from = first + indices[0]!;
      return Promise.resolve(images.slice(from * SIZE, (from + indices.length) * SIZE));
    },
  };
}

Deno.test("extractFeatures() gives each image its features, whichever batch it is in", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const done: number[] = [];
  const features = await extractFeatures(initial, {
    split: some(0, COUNT),
    pixels: PIXELS,
    network,
    onProgress: (count) => done.push(count),
  });
  assert.equal(features.length, COUNT * 8);
  assert.deepEqual(done, [256, 300]);
  const alone = await extractFeatures(initial, {
    split: some(299, 1),
    pixels: PIXELS,
    network,
  });
  assert.deepEqual(alone, features.slice(299 * 8));
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("extractFeatures() sees whole images at the side it is told", async () => {
  const inputs = { split: ramp(PIXELS), pixels: PIXELS, network };
  const whole = await extractFeatures(initial, inputs);
  const reduced = await extractFeatures(initial, {
    ...inputs,
    split: ramp(2 * PIXELS - 1),
    pixels: 2 * PIXELS - 1,
    wholePixels: PIXELS,
  });
  whole.forEach((value, i) => assert.ok(Math.abs(value - reduced[i]!) < 1e-4));
  const enlarged = await extractFeatures(initial, { ...inputs, wholePixels: 2 * PIXELS });
  assert.notDeepEqual(enlarged, whole);
});

Deno.test("extractFeatures() uses the running statistics", async () => {
  const inputs = { split: some(0, 1), pixels: PIXELS, network };
  const shifted = { ...initial, "bn1.running_mean": Float32Array.of(1, 1, 1, 1) };
  assert.notDeepEqual(
    await extractFeatures(shifted, inputs),
    await extractFeatures(initial, inputs),
  );
});

Deno.test("extractFeatures() says which weights are missing", async () => {
  const { "bn1.bias": _, ...incomplete } = initial;
  await assert.rejects(
    () => extractFeatures(incomplete, { split: some(0, 1), pixels: PIXELS, network }),
    { message: 'Cannot extract features: no weights "bn1.bias"' },
  );
});
