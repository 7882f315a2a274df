import * as tf from "@tensorflow/tfjs";
import { padZeros } from "@/lib/tensor/ops/pad_zeros.ts";

/**
 * Max pooling of an image without negative numbers, padded alike on every edge, as PyTorch pads.
 *
 * Padding is no candidate for the maximum. It is made with zeros all the same: every window has a number of the image
 * in it, and none of those is below zero. Where all of a window are zero, its gradient may go to the padding and be
 * lost, which is right after ReLU, whose own gradient there is zero.
 *
 * @param x `[batch, height, width, channels]`, each number at least 0, float32 or bfloat16.
 * @param options.side Of the square window, more than `padding`.
 * @returns `[batch, rows, columns, channels]`, with rows = floor((height + 2 padding - side) / stride) + 1.
 */
export function maxPool2d(
  x: tf.Tensor4D,
  options: { readonly side: number; readonly stride: number; readonly padding: number },
): tf.Tensor4D {
  const { side, stride, padding } = options;
  const edge = [padding, padding] as const;
  return tf.maxPool(padding === 0 ? x : padZeros(x, [edge, edge]), side, stride, "valid");
}
