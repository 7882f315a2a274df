import * as tf from "@tensorflow/tfjs";

/**
 * What `cropAndResize()` gives, by products of matrices: bilinear interpolation is linear along each axis. For XLA, which
 * has no kernel for TensorFlow's `CropAndResize`.
 *
 * @param images `[n, height, width, channels]`.
 * @param boxes `[m, 4]`.
 * @param boxIndices `[m]`, int32.
 * @returns `[m, size[0], size[1], channels]`.
 */
export function cropByProducts(
  images: tf.Tensor4D,
  boxes: tf.Tensor2D,
  options: { readonly size: readonly [number, number]; readonly boxIndices: tf.Tensor1D },
): tf.Tensor4D {
  const [, height, width, channels] = images.shape;
  const [rows, columns] = options.size;
  const m = boxes.shape[0];
  const [top, left, bottom, right] = tf.split(boxes, 4, 1) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const down = weights([top, bottom], { from: height, to: rows }); // [m, rows, height]
  const across = weights([left, right], { from: width, to: columns }); // [m, columns, width]
  const chosen = tf.reshape(tf.gather(images, options.boxIndices), [m, height, width * channels]);
  const cut = tf.reshape(tf.matMul(down, chosen), [m, rows, width, channels]);
  const turned = tf.reshape(tf.transpose(cut, [0, 2, 1, 3]), [m, width, rows * channels]);
  const crops = tf.reshape(tf.matMul(across, turned), [m, columns, rows, channels]);
  return tf.transpose(crops, [0, 2, 1, 3]) as tf.Tensor4D;
}

/** How much each pixel of an axis counts in each place of the crop; nothing, where the place is outside. */
function weights(
  [start, end]: readonly [tf.Tensor2D, tf.Tensor2D],
  length: { readonly from: number; readonly to: number },
): tf.Tensor3D {
  const { from, to } = length;
  // Where a crop has one place, that is the middle of the box.
  const share = to === 1 ? tf.scalar(0.5) : tf.div(tf.range(0, to), to - 1);
  const place = tf.mul(tf.add(start, tf.mul(tf.sub(end, start), share)), from - 1); // [m, to]
  const inside = tf.logicalAnd(tf.greaterEqual(place, 0), tf.lessEqual(place, from - 1));
  const distance = tf.abs(tf.sub(tf.expandDims(place, 2), tf.range(0, from))); // [m, to, from]
  const hat = tf.relu(tf.sub(1, distance));
  return tf.mul(hat, tf.expandDims(tf.cast(inside, "float32"), 2));
}
