import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { methods, type TrainingMethod } from "@/dsl/mod.ts";
import { liveHandles } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { bits, contrastive } from "@/tests/train/small_training.ts";

/** Asserts that numbers are as they should be, to float32. */
export function near(actual: ArrayLike<number>, wanted: readonly number[], most = 1e-4): void {
  wanted.forEach((one, i) => assert.ok(Math.abs(actual[i]! - one) < most, `${actual[i]}, ${one}`));
}

/** `[6, 4]`, by row and column. */
export function values(of: (b: number, i: number) => number): number[][] {
  return Array.from({ length: 6 }, (_, b) => Array.from({ length: 4 }, (_, i) => of(b, i)));
}

/*
 * In NumPy:
 *
 *     b = np.arange(6)[:, None]; i = np.arange(4)[None, :]
 *     first = np.sin(1.7 * b + 0.9 * i + 0.3 * b * i)
 *     second = first + 1.1 * np.cos(2.3 * b - 1.1 * i)
 */

/** Made projections of the first view of six images. */
export const first = values((b, i) => Math.sin(1.7 * b + 0.9 * i + 0.3 * b * i));

/** Of the second. */
export const second = values((b, i) => first[b]![i]! + 1.1 * Math.cos(2.3 * b - 1.1 * i));

/** Asserts that a method's training changes every weight, gives the same bits again, and leaks nothing. */
export async function trainsSoundly(method: TrainingMethod): Promise<void> {
  const { training: { epochs, batch, warmupEpochs } } = contrastive;
  const training = { ...methods[method].recipes.smoke, epochs, batch, warmupEpochs };
  const config = { ...contrastive, training };
  const before = await pretrain({ ...config, training: null });
  const held = [tf.memory().numTensors, liveHandles()];
  const after = await pretrain(config);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], held);
  for (const [name, weights] of Object.entries(after.weights)) {
    assert.notDeepEqual(weights, before.weights[name], name);
    assert.ok(weights.every(Number.isFinite), name);
  }
  assert.deepEqual(bits(await pretrain(config)), bits(after));
}
