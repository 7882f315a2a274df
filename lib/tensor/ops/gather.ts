import * as tf from "@tensorflow/tfjs";
import type { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import { intAttribute, runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";

/** Rows of `x` along an axis, by TensorFlow's `GatherV2`; no gradient, no check but TensorFlow's own. */
export function gather(
  [x, indices]: readonly [tf.Tensor, tf.Tensor],
  options: { dtype: keyof typeof DATA_TYPE; axis?: number; batchDims?: number },
): tf.Tensor {
  const { dtype, axis = 0, batchDims = 0 } = options;
  const axisTensor = tf.scalar(axis, "int32");
  const [rows] = runOp("GatherV2", [x, indices, axisTensor], {
    attributes: [
      intAttribute("batch_dims", batchDims),
      typeAttribute("Tparams", dtype),
      typeAttribute("Tindices", "int32"),
      typeAttribute("Taxis", "int32"),
    ],
  });
  axisTensor.dispose();
  return rows!;
}

/**
 * Puts in place of tfjs-node's kernel behind `tf.gather` one that does not read its indices: they cannot be read while
 * a function is traced, and TensorFlow refuses an index out of bounds by itself.
 */
export function replaceGatherKernel(): void {
  tf.unregisterKernel("GatherV2", "tensorflow");
  tf.registerKernel({
    kernelName: "GatherV2",
    backendName: "tensorflow",
    kernelFunc({ inputs, attrs }) {
      const { x, indices } = inputs as { x: tf.Tensor; indices: tf.Tensor };
      const { axis, batchDims } = attrs as { axis: number; batchDims: number };
      return gather([x, indices], { dtype: x.dtype, axis, batchDims });
    },
  });
}
