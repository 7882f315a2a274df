import * as tf from "@tensorflow/tfjs";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { callAside, callHere } from "@/lib/tensor/call.ts";
import { knownHandle } from "@/lib/tensor/eager_executor.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { type TensorFunction, trace, type Traced } from "@/lib/tensor/trace.ts";

/** A function of tensors that runs as one TensorFlow function. */
export interface CompiledFunction {
  /**
   * Runs it on another thread, so that JavaScript goes on meanwhile.
   *
   * @param inputs Left as they are; each new list of shapes and data types is traced once.
   * @returns New tensors, the caller's to dispose.
   */
  (inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]>;
  /** Runs it on this thread. While another function is traced, it becomes a part of that. */
  sync(inputs: readonly tf.Tensor[]): tf.Tensor[];
  /** Takes it out of TensorFlow, with the tensors that it captured, as soon as no call runs. It cannot be called again. */
  dispose(): void;
}

let compiled = 0;

/**
 * Makes a TensorFlow function of a function of tensors.
 *
 * `fn` is run once for each new list of input shapes and data types, on tensors without values; what it asks tfjs for is
 * recorded, and from then on TensorFlow runs the record. So `fn` must be pure: what it computes in JavaScript is fixed
 * when it is traced (random numbers of tfjs too), a `tf.Variable` is read once, and a number that changes must be an
 * input. Tensors from outside are captured with the value that they have then. State goes in as inputs and comes out as
 * outputs; no data passes through JavaScript. A call is not recorded for gradients: take them inside `fn`.
 *
 * @param fn Reads no values (`dataSync`), keeps no tensors, waits for nothing.
 * @param options.name For error messages and profiles; letters, digits and underscores.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { compile, loadBackend } from "@/lib/tensor/mod.ts";
 *
 * await loadBackend();
 * const descend = compile(([weights, rate]) => {
 *   const gradient = tf.grad((w) => tf.sum(tf.square(w)))(weights!);
 *   return [tf.sub(weights!, tf.mul(rate!, gradient))];
 * });
 * const [next] = await descend([tf.tensor1d([1, -2]), tf.scalar(0.25)]);
 * assert.deepEqual(next!.arraySync(), [0.5, -1]);
 * ```
 */
export function compile(fn: TensorFunction, options: { name?: string } = {}): CompiledFunction {
  const name = `${(options.name ?? fn.name).replace(/\W/g, "_") || "function"}_${compiled++}`;
  const traces = new Map<string, Traced>();
  let disposed = false, running = 0;

  function release(): void {
    for (const traced of traces.values()) traced.dispose();
    traces.clear();
  }

  function prepare(inputs: readonly tf.Tensor[]): { traced: Traced; handles: Pointer[] } {
    if (disposed) throw new Error(`Cannot call ${name}: it was disposed`);
    const backend = currentBackend();
    const handles = backend.getInputTensorIds(inputs).map(knownHandle);
    // The backend's own record, because tfjs labels a uint8 tensor int32.
    const dtypes = inputs.map(({ dataId }) => backend.tensorMap.get(dataId).dtype);
    const signature = inputs.map(({ shape }, i) => ({ shape, dtype: dtypes[i]! }));
    const key = signature.map(({ shape, dtype }) => `${dtype}[${shape}]`).join();
    let traced = traces.get(key);
    if (traced === undefined) {
      traced = trace(fn, signature, { name: `${name}_${traces.size}` });
      traces.set(key, traced);
    }
    return { traced, handles: [...handles, ...traced.captured] };
  }

  const call = async (inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]> => {
    const backend = currentBackend();
    if (backend.binding.tracing() !== undefined) {
      throw new Error(`Cannot await ${name} inside a compiled function: call ${name}.sync()`);
    }
    const { traced, handles } = prepare(inputs);
    running++;
    try {
      return await callAside(traced, handles);
    } finally {
      running--;
      if (disposed && running === 0) release();
    }
  };

  return Object.assign(call, {
    sync(inputs: readonly tf.Tensor[]): tf.Tensor[] {
      if (currentBackend().binding.tracing() !== undefined) return [...fn(inputs)];
      const { traced, handles } = prepare(inputs);
      return callHere(traced, handles);
    },
    dispose(): void {
      disposed = true;
      if (running === 0) release();
    },
  });
}
