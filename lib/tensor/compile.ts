import * as tf from "@tensorflow/tfjs";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { callAside, callHere } from "@/lib/tensor/call.ts";
import { checkAgainstEager } from "@/lib/tensor/check_compiled.ts";
import { knownHandle } from "@/lib/tensor/eager_executor.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runEagerly } from "@/lib/tensor/portable/run_eagerly.ts";
import type { TensorFunction } from "@/lib/tensor/tensor_function.ts";
import { trace, type Traced } from "@/lib/tensor/trace.ts";
import { assignAll, assigning, checkVariables } from "@/lib/tensor/variables.ts";

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

/** How a function is compiled. */
export interface CompileOptions {
  /** For error messages and profiles; letters, digits and underscores. */
  readonly name?: string;
  /** Whether TensorFlow's compiler XLA makes machine code of it; false by default. The first call takes longer. */
  readonly xla?: boolean;
  /**
   * For `checkCompiled()`: the largest difference allowed in a float output, in parts of its largest value. By default
   * 1e-3, or 1e-2 with XLA, which reorders sums; 5e-2 suits a function that computes in bfloat16.
   */
  readonly tolerance?: number;
}

let compiled = 0;

/**
 * Makes a TensorFlow function of a function of tensors.
 *
 * `fn` is run once for each new list of input shapes and data types, on tensors without values; what it asks tfjs for is
 * recorded, and from then on TensorFlow runs the record. So `fn` must be pure: what it computes in JavaScript is fixed
 * when it is traced (random numbers of tfjs too), and a number that changes must be an input. Tensors from outside are
 * captured with the value that they have then. State goes in as inputs and comes out as outputs, or is held in a
 * `tf.Variable`: that is read when a call is made, and what `fn` assigns to it is there when the call is done. No data
 * passes through JavaScript. A call is not recorded for gradients: take them inside `fn`.
 *
 * On a backend other than TensorFlow every call runs `fn` itself.
 *
 * @param fn Reads no values (`dataSync`), keeps no tensors, waits for nothing.
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
export function compile(fn: TensorFunction, options: CompileOptions = {}): CompiledFunction {
  const { xla = false, tolerance = xla ? 1e-2 : 1e-3 } = options;
  const name = `${(options.name ?? fn.name).replace(/\W/g, "_") || "function"}_${compiled++}`;
  const traces = new Map<string, Traced>();
  let disposed = false, running = 0;

  function release(): void {
    for (const traced of traces.values()) traced.dispose();
    traces.clear();
  }

  function refuseDisposed(): void {
    if (disposed) throw new Error(`Cannot call ${name}: it was disposed`);
  }

  function prepare(inputs: readonly tf.Tensor[]): { traced: Traced; handles: Pointer[] } {
    refuseDisposed();
    const backend = currentBackend();
    // The backend's own record, because tfjs labels a uint8 tensor int32.
    const signature = inputs.map(({ dataId, shape }) => ({
      shape,
      dtype: backend.tensorMap.get(dataId).dtype,
    }));
    const key = signature.map(({ shape, dtype }) => `${dtype}[${shape}]`).join();
    let traced = traces.get(key);
    if (traced === undefined) {
      traced = trace(fn, signature, { name: `${name}_${traces.size}`, xla });
      try {
        const handles = handlesFor(traced, inputs);
        checkAgainstEager(fn, inputs, { name, traced, handles, tolerance });
      } catch (error) {
        traced.dispose();
        throw error;
      }
      traces.set(key, traced);
    }
    return { traced, handles: handlesFor(traced, inputs) };
  }

  function handlesFor(traced: Traced, inputs: readonly tf.Tensor[]): Pointer[] {
    checkVariables([...traced.variables, ...traced.assigned], name);
    const handles = (tensors: readonly tf.Tensor[]) =>
      currentBackend().getInputTensorIds(tensors).map(knownHandle);
    return [...handles(inputs), ...traced.captured, ...handles(traced.variables)];
  }

  /** Takes the new values of variables off the results. */
  function settle(traced: Traced, results: tf.Tensor[]): tf.Tensor[] {
    const outputs = results.slice(0, results.length - traced.assigned.length);
    try {
      assignAll(traced.assigned, results.slice(outputs.length), name);
      return outputs;
    } catch (error) {
      tf.dispose(outputs);
      throw error;
    }
  }

  const call = async (inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]> => {
    if (!onTensorFlow()) {
      refuseDisposed();
      const outputs = runEagerly(fn, inputs, name);
      // Other work of this thread gets its turn, as it does where another thread computes.
      await new Promise((resolve) => setTimeout(resolve));
      return outputs;
    }
    if (currentBackend().binding.tracing() !== undefined) {
      throw new Error(`Cannot await ${name} inside a compiled function: call ${name}.sync()`);
    }
    const { traced, handles } = prepare(inputs);
    running++;
    try {
      const results = await assigning(traced.assigned, () => callAside(traced, handles));
      return settle(traced, results);
    } finally {
      running--;
      if (disposed && running === 0) release();
    }
  };

  return Object.assign(call, {
    sync(inputs: readonly tf.Tensor[]): tf.Tensor[] {
      if (!onTensorFlow()) {
        refuseDisposed();
        return runEagerly(fn, inputs, name);
      }
      if (currentBackend().binding.tracing() !== undefined) return [...fn(inputs)];
      const { traced, handles } = prepare(inputs);
      return settle(traced, callHere(traced, handles));
    },
    dispose(): void {
      disposed = true;
      if (running === 0) release();
    },
  });
}
