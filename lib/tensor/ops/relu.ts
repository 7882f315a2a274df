import * as tf from "@tensorflow/tfjs";
import { runOp, type SaveTensors, typeAttribute } from "@/lib/tensor/ops/raw.ts";

const FLOAT = [typeAttribute("T", "float32")];

/**
 * max(x, 0), with TensorFlow's own gradient: one pass, where tfjs's takes three.
 *
 * @param x Any shape, float32.
 */
export function relu<T extends tf.Tensor>(x: T): T {
  return withGradient(x) as T;
}

const withGradient = tf.customGrad((...args) => {
  const [x, save] = args as [tf.Tensor, SaveTensors];
  const [y] = runOp("Relu", [x], { attributes: FLOAT });
  save([y!]);
  return {
    value: y!,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
      runOp("ReluGrad", [dy, saved[0]!], { attributes: FLOAT })[0]!,
  };
});
