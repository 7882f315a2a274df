import * as tf from "@tensorflow/tfjs";
import { DATA_TYPE, sizeOf } from "@/lib/tensor/data_types.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { gather } from "@/lib/tensor/ops/gather.ts";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";

/**
 * A resident tensor of bytes; on TensorFlow it takes a quarter of the memory of tfjs's smallest number.
 *
 * tfjs has no uint8: the tensor is labelled int32, and only `gatherImages()` may read it. It may be passed into a
 * compiled function, or captured by one. Make it outside. On other backends it is an int32 tensor.
 *
 * @param bytes The values, copied.
 * @param shape As many elements as `bytes` has.
 * @throws {RangeError} If the two do not agree.
 */
export function uint8Tensor(bytes: Uint8Array, shape: readonly number[]): tf.Tensor {
  if (sizeOf(shape) !== bytes.length) {
    throw new RangeError(
      `Cannot make a uint8 tensor: shape [${shape}] has ${sizeOf(shape)} elements, ` +
        `and there are ${bytes.length} bytes`,
    );
  }
  if (!onTensorFlow()) return tf.tensor(Int32Array.from(bytes), [...shape], "int32");
  const backend = currentBackend();
  const id = backend.binding.createEagerTensor(shape, DATA_TYPE.uint8, bytes);
  return backend.createOutputTensor({ id, shape: [...shape], dtype: DATA_TYPE.uint8 });
}

/**
 * Images by their indices, as numbers from 0 to 1.
 *
 * @param images `[n, height, width, channels]`, from `uint8Tensor()`.
 * @param indices `[batch]`, int32, each in 0 … n-1 (any other is refused, but on WebGPU and by a compiled function on an
 *   accelerator, which cannot look).
 * @returns `[batch, height, width, channels]`, float32: each byte divided by 255. It has no gradient.
 */
export function gatherImages(images: tf.Tensor, indices: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => {
    if (!onTensorFlow()) {
      return tf.div(tf.cast(tf.gather(images, indices), "float32"), 255) as tf.Tensor4D;
    }
    const bytes = gather([images, indices], { dtype: "uint8" });
    const [floats] = runOp("Cast", [bytes], {
      attributes: [typeAttribute("SrcT", "uint8"), typeAttribute("DstT", "float32")],
    });
    return tf.div(floats!, 255) as tf.Tensor4D;
  });
}
