import * as tf from "@tensorflow/tfjs";
import { callOnce, keepsTensors, type TensorFunction } from "@/lib/tensor/tensor_function.ts";

/**
 * Runs a function as a compiled one runs, where nothing can be compiled: what it returns is new, what it is given stays.
 *
 * @param name For errors.
 * @throws {Error} What `fn` throws; if it keeps tensors or is not synchronous, as when it is traced.
 */
export function runEagerly(
  fn: TensorFunction,
  inputs: readonly tf.Tensor[],
  name: string,
): tf.Tensor[] {
  const before = tf.memory().numTensors;
  const outputs = tf.tidy(() => {
    // Copies of references: the function may return an input or one tensor twice, and may dispose what it is given.
    const own = inputs.map((tensor) => tf.clone(tensor));
    return callOnce(fn, own, name).map((tensor) => tf.clone(tensor));
  });
  // While a gradient is taken, tfjs itself keeps what the way back needs.
  const tape = tf.engine().state.gradientDepth > 0;
  const kept = tf.memory().numTensors - before - outputs.length;
  if (kept <= 0 || tape) return outputs;
  tf.dispose(outputs);
  throw keepsTensors(name, kept);
}
