import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { gatherImages, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { imageFeed } from "@/lib/train/image_feed.ts";
import { trainingRows } from "@/lib/train/training_images.ts";
import { splitOf } from "@/tests/train/small_training.ts";

await loadBackend();

const PIXELS = 2, SIZE = PIXELS * PIXELS * 3;
const bytes = Uint8Array.from({ length: 5 * SIZE }, (_, i) => 51 * Math.floor(i / SIZE));
const split = splitOf(bytes, { pixels: PIXELS, labels: new Uint16Array(5) });

Deno.test("imageFeed() stores few images and fewer in one shape, so that their trainings share a program", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const shapes = [];
  for (const subset of [[4, 2], [1, 3, 0, 2]]) {
    const rows = trainingRows({
      parts: [{ split, subset: Uint32Array.from(subset), classes: 0 }],
      pixels: PIXELS,
    });
    using feed = imageFeed(rows, { pixels: PIXELS, rowsOf: () => Uint32Array.of(1, 0) });
    const { images, indices } = await feed.take(0);
    shapes.push(images.shape);
    const batch = gatherImages(images, indices);
    const firsts = (await batch.data()).filter((_, i) => i % SIZE === 0);
    assert.deepEqual([...firsts], [subset[1]! / 5, subset[0]! / 5].map(Math.fround));
    batch.dispose();
    feed.release({ images, indices });
  }
  assert.deepEqual(shapes[0], shapes[1]);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});
