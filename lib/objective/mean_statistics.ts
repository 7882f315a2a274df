import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";

/** The mean of the statistics of two views that were each normalised by its own. */
export function meanStatistics(one: Tensors, two: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(one).map((
      [name, value],
    ) => [name, tf.mul(tf.add(value, named(two, name)), 0.5)]),
  );
}
