import * as tf from "@tensorflow/tfjs";

/** Disposes the tensors that were given to it when it ends. */
export interface MemoryScope extends Disposable {
  /** Takes charge of tensors, alone or in arrays and objects, and gives them back; those disposed before are no error. */
  own<T extends tf.TensorContainer>(tensors: T): T;
}

/**
 * A scope for code that waits: `tf.tidy()` frees what synchronous code leaves, and cannot hold over an `await`.
 *
 * Only what is given to `own()` is freed, so that two scopes may be open at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend, memoryScope } from "@/lib/tensor/mod.ts";
 *
 * await loadBackend();
 * async function sumOfSquares(values: number[]): Promise<number> {
 *   using scope = memoryScope();
 *   const squares = scope.own(tf.square(scope.own(tf.tensor1d(values))));
 *   let sum = 0;
 *   for (const value of await squares.data()) sum += value;
 *   return sum;
 * }
 * assert.equal(await sumOfSquares([1, 2, 3]), 14);
 * assert.equal(tf.memory().numTensors, 0);
 * ```
 */
export function memoryScope(): MemoryScope {
  const owned: tf.TensorContainer[] = [];
  return {
    own(tensors) {
      owned.push(tensors);
      return tensors;
    },
    [Symbol.dispose]() {
      tf.dispose(owned);
      owned.length = 0;
    },
  };
}
