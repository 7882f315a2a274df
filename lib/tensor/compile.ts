import * as tf from "@tensorflow/tfjs";
import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import { checkAgainstEager } from "@/lib/tensor/check_compiled.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runEagerly } from "@/lib/tensor/portable/run_eagerly.ts";
import type { TensorFunction } from "@/lib/tensor/tensor_function.ts";
import { trace } from "@/lib/tensor/trace.ts";
import type { Traced } from "@/lib/tensor/traced.ts";
import { assignAll, assigning, checkVariables } from "@/lib/tensor/variables.ts";

/** A function of tensors that runs as one function of TensorFlow's, or one program of an accelerator. */
export interface CompiledFunction {
  /**
   * Runs it aside, so that JavaScript goes on meanwhile.
   *
   * @param inputs Left as they are, but for those that it consumes; each new list of shapes and data types is traced once.
   * @returns New tensors, the caller's to dispose.
   */
  (inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]>;
  /** Runs it on this thread. While another function is traced, it becomes a part of that, and consumes nothing. */
  sync(inputs: readonly tf.Tensor[]): tf.Tensor[];
  /** Gives it back, with the tensors that it captured, as soon as no call runs. It cannot be called again. */
  dispose(): void;
}

/** How a function is compiled. */
export interface CompileOptions {
  /** For error messages and profiles; letters, digits and underscores. */
  readonly name?: string;
  /**
   * For `checkCompiled()`: the largest difference allowed in a float output, in parts of its largest value. By default
   * 1e-3, or 1e-2 on an accelerator, where sums have another order; 5e-2 suits a function that computes in bfloat16.
   */
  readonly tolerance?: number;
  /**
   * Places of the inputs that a call consumes: they are disposed as soon as it is under way, and on an accelerator results of
   * their shapes take their memory. A call that is refused leaves them.
   */
  readonly donates?: readonly number[];
  /** Places of the inputs that hold a batch along their first axis: devices that work as one share it. */
  readonly batched?: readonly number[];
}

/** A function that was traced for one signature. */
interface Entry {
  readonly key: string;
  readonly traced: Traced;
  /** Whether it was compared with its plain run, if that is asked for. */
  isChecked: boolean;
}

/** What a traced function is called with. */
interface Call {
  readonly inputs: readonly tf.Tensor[];
  /** The numbers of them, and of its variables' values. */
  readonly given: readonly number[];
}

let compiled = 0;

/**
 * Makes one function of TensorFlow's, or one program for the accelerator that is loaded, of a function of tensors.
 *
 * `fn` is run once for each new list of input shapes and data types, on tensors without values; what it asks tfjs for is
 * recorded, and from then on the record is run. So `fn` must be pure: what it computes in JavaScript is fixed
 * when it is traced (random numbers of tfjs too), and a number that changes must be an input. Tensors from outside are
 * captured with the value that they have then. State goes in as inputs and comes out as outputs, or is held in a
 * `tf.Variable`: that is read when a call is made, and what `fn` assigns to it is there when the call is done. No data
 * passes through JavaScript. A call is not recorded for gradients: take them inside `fn`.
 *
 * On an accelerator, what a call is given is brought to the device and stays there, and so do its results: they are read
 * without moving, and an operation of tfjs by itself brings them back. The call returns as soon as the device is asked; what
 * goes wrong in it is thrown by the next call, or as its results are read.
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
  const { donates = [], batched = [] } = options;
  const name = `${(options.name ?? fn.name).replace(/\W/g, "_") || "function"}_${compiled++}`;
  const traces = new Map<string, Entry>();
  let disposed = false, running = 0;

  function release(): void {
    for (const { traced } of traces.values()) traced.dispose();
    traces.clear();
  }

  function refuseDisposed(): void {
    if (disposed) throw new Error(`Cannot call ${name}: it was disposed`);
  }

  function entryFor(inputs: readonly tf.Tensor[]): Entry {
    refuseDisposed();
    const gone = inputs.findIndex(({ isDisposed }) => isDisposed);
    if (gone >= 0) {
      throw new Error(
        `Cannot call ${name}: its input ${gone + 1} was disposed, or consumed by an earlier call`,
      );
    }
    const backend = currentBackend();
    // The backend's own record, because tfjs labels a uint8 tensor int32.
    const signature = inputs.map(({ dataId, shape }) => ({
      shape,
      dtype: backend.tensorMap.get(dataId).dtype,
    }));
    const key = signature.map(({ shape, dtype }) => `${dtype}[${shape}]`).join();
    let entry = traces.get(key);
    if (entry === undefined) {
      const traced = trace(fn, signature, { name: `${name}_${traces.size}`, donates, batched });
      traces.set(key, entry = { key, traced, isChecked: false });
    }
    checkVariables([...entry.traced.variables, ...entry.traced.assigned], name);
    return entry;
  }

  /** Runs `body`; where it fails, the function is given back, to be traced anew by the next call. */
  function orDropped<T>(entry: Entry, body: () => T): T {
    const drop = (error: unknown): never => {
      if (traces.get(entry.key) === entry) {
        traces.delete(entry.key);
        entry.traced.dispose();
      }
      throw error;
    };
    try {
      const result = body();
      return result instanceof Promise ? result.catch(drop) as T : result;
    } catch (error) {
      return drop(error);
    }
  }

  function check(entry: Entry, { inputs, given }: Call): void {
    if (entry.isChecked) return;
    const { traced } = entry;
    const { tolerance = currentAccelerator() === undefined ? 1e-3 : 1e-2 } = options;
    orDropped(entry, () => checkAgainstEager(fn, inputs, { name, traced, given, tolerance }));
    entry.isChecked = true;
  }

  function consume(inputs: readonly tf.Tensor[]): void {
    for (const i of donates) inputs[i]!.dispose();
  }

  /** The consumed inputs whose values no other tensor has. */
  function consumed(inputs: readonly tf.Tensor[]): ReadonlySet<number> {
    const { tensorMap } = currentBackend();
    return new Set(donates.filter((i) => tensorMap.get(inputs[i]!.dataId).refCount === 1));
  }

  /** Calls what is ready; the inputs may go as soon as this has returned. */
  async function begin(
    entry: Entry,
    inputs: readonly tf.Tensor[],
    variables: readonly tf.Tensor[],
  ): Promise<tf.Tensor[]> {
    const given = numbersOf([...inputs, ...variables]);
    check(entry, { inputs, given });
    const call = entry.traced.call(given, { consumed: consumed(inputs) });
    consume(inputs);
    return (await call).map((output) => currentBackend().createOutputTensor(output));
  }

  /** Compiles first, which may take long: the call is of the values that there were when it was made. */
  async function beginLater(entry: Entry, inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]> {
    const { traced } = entry;
    const own = [...inputs, ...traced.variables].map((tensor) => tf.keep(tf.clone(tensor)));
    consume(inputs);
    try {
      await orDropped(entry, () => traced.prepare());
      return await begin(entry, own.slice(0, inputs.length), own.slice(inputs.length));
    } finally {
      tf.dispose(own);
    }
  }

  /** Takes the new values of variables off the results. */
  function settle({ traced }: Entry, results: tf.Tensor[]): tf.Tensor[] {
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
      consume(inputs);
      // Other work of this thread gets its turn, as it does where another thread computes.
      await new Promise((resolve) => setTimeout(resolve));
      return outputs;
    }
    if (currentBackend().binding.tracing() !== undefined) {
      throw new Error(`Cannot await ${name} inside a compiled function: call ${name}.sync()`);
    }
    const entry = entryFor(inputs);
    const { isReady, variables, assigned } = entry.traced;
    running++;
    try {
      const results = await assigning(
        assigned,
        () => isReady ? begin(entry, inputs, variables) : beginLater(entry, inputs),
      );
      return settle(entry, results);
    } finally {
      running--;
      if (disposed && running === 0) release();
    }
  };

  return Object.assign(call, {
    sync(inputs: readonly tf.Tensor[]): tf.Tensor[] {
      if (!onTensorFlow()) {
        refuseDisposed();
        const outputs = runEagerly(fn, inputs, name);
        consume(inputs);
        return outputs;
      }
      if (currentBackend().binding.tracing() !== undefined) return [...fn(inputs)];
      const entry = entryFor(inputs);
      const { traced } = entry;
      orDropped(entry, () => traced.prepareHere());
      const given = numbersOf([...inputs, ...traced.variables]);
      check(entry, { inputs, given });
      const outputs = traced.callHere(given, { consumed: consumed(inputs) });
      consume(inputs);
      return settle(entry, outputs.map((output) => currentBackend().createOutputTensor(output)));
    },
    dispose(): void {
      disposed = true;
      if (running === 0) release();
    },
  });
}

function numbersOf(tensors: readonly tf.Tensor[]): number[] {
  return currentBackend().getInputTensorIds([...tensors]);
}
