import * as tf from "@tensorflow/tfjs";
import { InputError } from "@/lib/base/errors.ts";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";

/**
 * The number format of activations and convolutions. With `bfloat16`, weights, batch statistics, loss and optimizer stay
 * in float32 (mixed precision: Micikevicius et al. 2018; bfloat16 needs no scaling of the loss: Kalamkar et al. 2019).
 */
export type Precision = "float32" | "bfloat16";

/**
 * The values in bfloat16: float32's range with 8 bits of significand. Its gradient comes back in float32.
 *
 * tfjs has no bfloat16 and labels the tensor float32; every operation may read it, if all its float inputs are bfloat16.
 *
 * @param x Any shape, float32.
 * @throws {InputError} On a backend other than TensorFlow.
 */
export function toBfloat16<T extends tf.Tensor>(x: T): T {
  if (!onTensorFlow()) {
    throw new InputError(
      "precision",
      `the backend ${tf.getBackend()} has no bfloat16`,
      'Use the backend "tensorflow", or the precision "float32"',
    );
  }
  return narrow(x) as T;
}

/** The values of a bfloat16 tensor in float32; its gradient goes back in bfloat16. */
export function toFloat32<T extends tf.Tensor>(x: T): T {
  return widen(x) as T;
}

const narrow = tf.customGrad((x) => ({
  value: cast(x as tf.Tensor, "bfloat16"),
  gradFunc: (dy: tf.Tensor) => cast(dy, "float32"),
}));

const widen = tf.customGrad((x) => ({
  value: cast(x as tf.Tensor, "float32"),
  gradFunc: (dy: tf.Tensor) => cast(dy, "bfloat16"),
}));

function cast(x: tf.Tensor, to: Precision): tf.Tensor {
  const from = to === "bfloat16" ? "float32" : "bfloat16";
  const attributes = [typeAttribute("SrcT", from), typeAttribute("DstT", to)];
  return runOp("Cast", [x], { attributes })[0]!;
}
