import * as tf from "@tensorflow/tfjs";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runOp, type SaveTensors, typeAttribute } from "@/lib/tensor/ops/raw.ts";

const FLOAT = [typeAttribute("T", "float32")];

/**
 * max(x, 0), on TensorFlow with its own gradient: one pass, where tfjs's takes three.
 *
 * @param x Any shape, float32.
 */
export function relu<T extends tf.Tensor>(x: T): T {
  return onTensorFlow() ? fused(x) as T : tf.relu(x);
}

const fused = tf.customGrad((...args) => {
  const [x, save] = args as [tf.Tensor, SaveTensors];
  const [y] = runOp("Relu", [x], { attributes: FLOAT });
  save([y!]);
  return {
    value: y!,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
      runOp("ReluGrad", [dy, saved[0]!], { attributes: FLOAT })[0]!,
  };
});
