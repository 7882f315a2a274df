import * as tf from "@tensorflow/tfjs";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";

/** Zeros before and after an axis. */
export type Edges = readonly [before: number, after: number];

/**
 * Images with a frame of zeros.
 *
 * @param x `[batch, height, width, channels]`, float32 or bfloat16.
 * @param edges Of the height and of the width.
 */
export function padZeros(x: tf.Tensor4D, edges: readonly [Edges, Edges]): tf.Tensor4D {
  const paddings = [[0, 0], ...edges, [0, 0]] as [number, number][];
  if (!onTensorFlow()) return tf.pad(x, paddings);
  // Not tfjs's own, whose zero is a float32 whatever x is.
  const run = tf.customGrad((image) => ({
    value: runOp("Pad", [image as tf.Tensor, tf.tensor2d(paddings, [4, 2], "int32")], {
      attributes: [typeAttribute("T", "float32"), typeAttribute("Tpaddings", "int32")],
    })[0]!,
    gradFunc: (dy: tf.Tensor) => tf.slice(dy, paddings.map(([before]) => before), x.shape),
  }));
  return run(x) as tf.Tensor4D;
}
