import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";

/** A tensor of normal numbers, the same each time. */
export function normal<T extends tf.Tensor>(shape: number[], seed: number): T {
  const random = randomAt(seed, "test");
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => random.normal()), shape) as T;
}

/** Asserts that two tensors differ by less than a part (1e-4 by default) of the largest number in the second. */
export function assertClose(actual: tf.Tensor, expected: tf.Tensor, tolerance = 1e-4): void {
  assert.deepEqual(actual.shape, expected.shape);
  const a = Float64Array.from(actual.dataSync()), b = Float64Array.from(expected.dataSync());
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
  assert.ok(
    difference <= tolerance * largest,
    `differs by ${difference}, where the largest number is ${largest}`,
  );
}

/** Asserts that two lists of tensors are close, each to each. */
export function assertAllClose(actual: readonly tf.Tensor[], expected: readonly tf.Tensor[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((tensor, i) => assertClose(tensor, expected[i]!));
}
