import * as tf from "@tensorflow/tfjs";
import type { Encoder } from "@/lib/model/encoder.ts";
import { type Mode, named, type Tensors } from "@/lib/model/layers.ts";
import type { Head } from "@/lib/model/mlp_head.ts";
import type { Precision } from "@/lib/tensor/mod.ts";

/** What is made of one view of each image. */
export interface OneView {
  readonly features: tf.Tensor2D;
  /** `[images, output]` of each head. */
  readonly outputs: readonly tf.Tensor2D[];
}

/**
 * Passes both views of each image through an encoder and heads in turn, each view normalised by the means and variances of its
 * own half of the batch.
 *
 * @param views `[2 * images, height, width, 3]`, the first views before the second.
 * @returns What is made of either, and the mean of the statistics of both.
 */
export function eachView(
  views: tf.Tensor4D,
  parameters: Tensors,
  { encoder, heads, precision }: {
    readonly encoder: Encoder;
    readonly heads: readonly Head[];
    readonly precision: Precision;
  },
): { readonly one: OneView; readonly two: OneView; readonly statistics: Tensors } {
  const mode: Mode = { training: true, statistics: {}, precision };
  const [one, two] = (tf.split(views, 2) as [tf.Tensor4D, tf.Tensor4D]).map((view) => {
    const { features, statistics } = encoder.forward(view, parameters, mode);
    const outputs: tf.Tensor2D[] = [];
    let met = statistics;
    for (const head of heads) {
      const made = head.forward(outputs.at(-1) ?? features, parameters, mode);
      outputs.push(made.output);
      met = { ...met, ...made.statistics };
    }
    return { features, outputs, statistics: met };
  });
  const statistics = meanOf(one!.statistics, two!.statistics);
  return { one: one!, two: two!, statistics };
}

function meanOf(one: Tensors, two: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(one).map((
      [name, value],
    ) => [name, tf.mul(tf.add(value, named(two, name)), 0.5)]),
  );
}
