/**
 * A process that trains the small pretraining for 1,000 steps and prints, in JSON, what it held on the way. A process of
 * its own, because other tests would disturb the counts. Needs `--v8-flags=--expose-gc`.
 */

import * as tf from "@tensorflow/tfjs";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { contrastive, recipe } from "@/tests/train/small_training.ts";

const collectGarbage = (globalThis as unknown as { gc(): void }).gc;
const held: { step: number; tensors: number; handles: number; memory: number }[] = [];

await loadBackend();
// Epochs of 2 steps, so that steps 10 and 1,000 are equally far in their epochs, and one more: the last draws no batch ahead.
await pretrain({
  ...contrastive,
  training: { ...recipe, epochs: 501 },
  onProgress(step) {
    if (step % 10 > 0) return;
    collectGarbage();
    const memory = Deno.memoryUsage().rss;
    held.push({ step, tensors: tf.memory().numTensors, handles: liveHandles(), memory });
  },
});
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(held)));
