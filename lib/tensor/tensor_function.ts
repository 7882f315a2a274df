import type * as tf from "@tensorflow/tfjs";

/** A function of tensors: what `compile()` takes. It must be pure, and must not wait for anything. */
export type TensorFunction = (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];

/**
 * Runs a function and makes sure that it gave tensors, and at once.
 *
 * @param name For the error.
 * @throws {TypeError} If it gave anything else, such as a promise.
 */
export function callOnce(
  fn: TensorFunction,
  inputs: readonly tf.Tensor[],
  name: string,
): readonly tf.Tensor[] {
  const results: unknown = fn(inputs);
  if (Array.isArray(results)) return results;
  // What an async function goes on to throw is a consequence of this error, and no one waits for it.
  if (results instanceof Promise) results.catch(() => {});
  throw new TypeError(
    `Cannot compile ${name}: it must return an array of tensors, at once (not a promise)`,
  );
}

/** The error for a function that made tensors which outlive it. */
export function keepsTensors(name: string, kept: number): Error {
  return new Error(
    `Cannot compile ${name}: it keeps ${kept} tensor(s) made while it is traced (tf.keep, ` +
      "tf.variable), which never get a value. Make them outside, or return them",
  );
}
