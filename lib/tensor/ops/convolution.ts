import * as tf from "@tensorflow/tfjs";
import { type Edges, padZeros } from "@/lib/tensor/ops/pad_zeros.ts";

/** How a convolution moves over an image. */
export interface ConvolutionOptions {
  /** Pixels from one place to the next, in both directions. */
  readonly stride: number;
  /** Rows and columns of zeros added on every edge, as PyTorch pads; TensorFlow's "same" differs at stride 2. */
  readonly padding: number;
}

/**
 * A two-dimensional convolution with the same padding on every edge.
 *
 * @param x `[batch, height, width, input]`.
 * @param kernel `[side, side, input, output]`, of the same precision as x.
 * @returns `[batch, rows, columns, output]`, with rows = floor((height + 2 padding - side) / stride) + 1.
 */
export function convolve2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  options: ConvolutionOptions,
): tf.Tensor4D {
  const { stride, padding } = options;
  if (padding === 0) return tf.conv2d(x, kernel, stride, "valid");
  if (stride === 1 && 2 * padding === kernel.shape[0] - 1) return tf.conv2d(x, kernel, 1, "same");
  const [, height, width] = x.shape;
  const edges = [edgesOf(height, kernel, options), edgesOf(width, kernel, options)] as const;
  return tf.conv2d(padZeros(x, edges), kernel, stride, "valid");
}

/** The zeros that an axis needs: those that no place of the kernel reaches at the far end are left out. */
function edgesOf(length: number, kernel: tf.Tensor4D, options: ConvolutionOptions): Edges {
  const { stride, padding } = options;
  const side = kernel.shape[0];
  const places = Math.floor((length + 2 * padding - side) / stride) + 1;
  return [padding, Math.max(0, (places - 1) * stride + side - padding - length)];
}
