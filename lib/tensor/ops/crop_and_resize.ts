import * as tf from "@tensorflow/tfjs";
import { onTensorFlow } from "@/lib/tensor/ops/on_tensorflow.ts";
import { floatAttribute, runOp, stringAttribute, typeAttribute } from "@/lib/tensor/ops/raw.ts";

/**
 * Cuts boxes out of images and resizes them bilinearly. It has no gradient.
 *
 * @param images `[n, height, width, channels]`, float32.
 * @param boxes `[m, 4]`, float32: (y1, x1, y2, x2) in parts of the image, where 0 is the centre of the first pixel and
 *   1 that of the last. A box with x1 > x2 comes out mirrored. Outside the image is 0.
 * @param options.size Height and width of what comes out.
 * @param options.boxIndices `[m]`, int32: the image of each box; i mod n by default.
 * @returns `[m, size[0], size[1], channels]`.
 */
export function cropAndResize(
  images: tf.Tensor4D,
  boxes: tf.Tensor2D,
  options: { size: readonly [number, number]; boxIndices?: tf.Tensor1D },
): tf.Tensor4D {
  return tf.tidy(() => {
    const n = images.shape[0];
    const boxIndices = options.boxIndices ??
      tf.tensor1d(Int32Array.from({ length: boxes.shape[0] }, (_, i) => i % n), "int32");
    const { size } = options;
    if (!onTensorFlow()) return tf.image.cropAndResize(images, boxes, boxIndices, [...size]);
    const [crops] = runOp(
      "CropAndResize",
      [images, boxes, boxIndices, tf.tensor1d([...size], "int32")],
      {
        attributes: [
          typeAttribute("T", "float32"),
          stringAttribute("method", "bilinear"),
          floatAttribute("extrapolation_value", 0),
        ],
      },
    );
    return crops as tf.Tensor4D;
  });
}
