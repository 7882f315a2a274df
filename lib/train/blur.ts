import * as tf from "@tensorflow/tfjs";

/**
 * Blurs each image with a kernel of its own, along both axes; zeros lie beyond the edges, as in SimCLR.
 *
 * A convolution with one kernel for each image is no operation of TensorFlow. Along one axis it is a product with a matrix
 * that has the kernel on its diagonals, so that both axes are two products of batches of matrices.
 *
 * @param images `[n, side, side, channels]`.
 * @param kernels `[n, length]`, length odd.
 * @returns A tensor of the shape of `images`.
 */
export function blur(images: tf.Tensor4D, kernels: tf.Tensor2D): tf.Tensor4D {
  const [n, side, , channels] = images.shape;
  const bands = bandsOf(kernels, side); // [n, side, side]
  const alongRows = tf.matMul(bands, tf.reshape(images, [n, side, side * channels]));
  const turned = tf.transpose(tf.reshape(alongRows, images.shape), [0, 2, 1, 3]);
  const alongBoth = tf.matMul(bands, tf.reshape(turned, [n, side, side * channels]));
  return tf.transpose(tf.reshape(alongBoth, images.shape), [0, 2, 1, 3]) as tf.Tensor4D;
}

/** `[n, side, side]`: at (i, j) the kernel's weight for a distance of j - i, and 0 beyond its ends. */
function bandsOf(kernels: tf.Tensor2D, side: number): tf.Tensor3D {
  const [n, length] = kernels.shape;
  const middle = (length - 1) / 2;
  // Column length of the kernels is a zero, for the places that the kernel does not reach.
  const places = Int32Array.from({ length: side * side }, (_, at) => {
    const place = at % side - Math.floor(at / side) + middle;
    return place >= 0 && place < length ? place : length;
  });
  const padded = tf.concat([kernels, tf.zeros([n, 1])], 1);
  return tf.reshape(tf.gather(padded, tf.tensor1d(places, "int32"), 1), [n, side, side]);
}
