import * as tf from "@tensorflow/tfjs";
import type { Augmentation } from "@/dsl/training.ts";
import { blurLength } from "@/lib/train/blur_kernel.ts";
import { applyViews } from "@/lib/train/apply_views.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";

/**
 * Views of some images as a training makes them, to be looked at: those of the first epoch with this seed.
 *
 * @param images RGB of 0 to 255, `[indices, pixels, pixels, 3]`.
 * @param options `indices`: the images' numbers in their data set; `views`: how many of each; `pixels`: side of an image.
 * @returns RGB of 0 to 255, `[views, indices, side, side, 3]`, with the augmentation's own side.
 */
export async function showViews(
  images: Uint8Array,
  { augmentation, indices, views, pixels, seed }: {
    readonly augmentation: Augmentation;
    readonly indices: Uint32Array;
    readonly views: number;
    readonly pixels: number;
    readonly seed: number;
  },
): Promise<Uint8Array> {
  const count = indices.length, side = augmentation.pixels;
  const shown = tf.tidy(() => {
    const drawn = drawViews(augmentation, { seed, epoch: 0, indices, views });
    const bright = tf.div(tf.tensor4d(Float32Array.from(images), [count, pixels, pixels, 3]), 255);
    const made = applyViews(bright as tf.Tensor4D, {
      boxes: tf.tensor2d(drawn.boxes, [views * count, 4]),
      colours: tf.tensor2d(drawn.colours, [views * count, COLOUR_NUMBERS]),
      blurs: drawn.blurs && tf.tensor2d(drawn.blurs, [views * count, blurLength(side)]),
      side,
    });
    return tf.round(tf.mul(made, 255));
  });
  try {
    return Uint8Array.from(await shown.data());
  } finally {
    shown.dispose();
  }
}
