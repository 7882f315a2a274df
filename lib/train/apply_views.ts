import * as tf from "@tensorflow/tfjs";
import type { Normalisation } from "@/dsl/outside.ts";
import { cropAndResize } from "@/lib/tensor/mod.ts";
import { blur } from "@/lib/train/blur.ts";
import { COLOUR_NUMBERS } from "@/lib/train/draw_views.ts";
import { LUMA } from "@/lib/train/colour_map.ts";

/**
 * Makes the views that were drawn; runs inside the compiled step.
 *
 * @param images `[images, height, width, 3]` in 0..1.
 * @param drawn `boxes` `[views, 4]`, `colours` `[views, 10]` and, for views that are blurred, `blurs` `[views, length]`, as
 *   `drawViews` fills them; `side` of a view in pixels.
 * @returns `[views, side, side, 3]` in 0..1, row r made from image r % images.
 */
export function applyViews(
  images: tf.Tensor4D,
  drawn: {
    readonly boxes: tf.Tensor2D;
    readonly colours: tf.Tensor2D;
    readonly blurs?: tf.Tensor2D | undefined;
    readonly side: number;
  },
): tf.Tensor4D {
  const { side, blurs } = drawn;
  const views = drawn.boxes.shape[0];
  const cropped = cropAndResize(images, drawn.boxes, { size: [side, side] });
  const linear = tf.reshape(tf.slice(drawn.colours, [0, 0], [-1, 9]), [views, 3, 3]);
  const shift = tf.reshape(tf.slice(drawn.colours, [0, COLOUR_NUMBERS - 1], [-1, 1]), [
    views,
    1,
    1,
  ]);
  const pixels = tf.reshape(cropped, [views, side * side, 3]);
  const grey = tf.sum(tf.mul(tf.mean(pixels, 1, true), tf.tensor1d([...LUMA])), 2, true); // [views, 1, 1]
  const coloured = tf.add(tf.matMul(pixels, linear), tf.mul(shift, grey));
  const sharp = tf.reshape(tf.clipByValue(coloured, 0, 1), [views, side, side, 3]) as tf.Tensor4D;
  return blurs === undefined ? sharp : blur(sharp, blurs);
}

/**
 * Pixel values in 0..1 as an encoder is given them: from -2 to 2, the same for every domain and for training and probing, or by
 * the normalisation of an encoder from outside.
 */
export function standardise(images: tf.Tensor4D, normalisation?: Normalisation): tf.Tensor4D {
  if (normalisation === undefined) return tf.mul(tf.sub(images, 0.5), 4);
  const { mean, std } = normalisation;
  return tf.div(tf.sub(images, tf.tensor1d([...mean])), tf.tensor1d([...std]));
}
