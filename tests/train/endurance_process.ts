/**
 * A process that trains a small pretraining and prints, in JSON, what it held on the way: `endurance_process.ts METHOD
 * STEPS [DEVICE]`. A process of its own, because other tests would disturb the counts. Needs `--v8-flags=--expose-gc`.
 */

import * as tf from "@tensorflow/tfjs";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { classifying, contrastive, predicting, queued } from "@/tests/train/small_training.ts";

/** What is held after a step. */
export interface Held {
  readonly step: number;
  readonly tensors: number;
  readonly handles: number;
  /** On a device. */
  readonly buffers: number;
  readonly memory: number;
}

const [method, steps, device = "cpu"] = Deno.args;
const config = [contrastive, queued, predicting, classifying].find(({ training }) =>
  training.method === method
)!;

const collectGarbage = (globalThis as unknown as { gc(): void }).gc;
const held: Held[] = [];

await loadBackend({ device });
// Epochs of 2 steps, so that every tenth step is equally far in its epoch, and one more: the last draws no batch ahead.
await pretrain({
  ...config,
  training: { ...config.training, epochs: Number(steps) / 2 + 1 },
  onProgress(step) {
    if (step % 10 > 0) return;
    collectGarbage();
    const memory = Deno.memoryUsage().rss;
    const tensors = tf.memory().numTensors, buffers = liveBuffers();
    held.push({ step, tensors, handles: liveHandles(), buffers, memory });
  },
});
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(held)));
