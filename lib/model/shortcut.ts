import type * as tf from "@tensorflow/tfjs";
import {
  convolution,
  convolve,
  normalisation,
  normalise,
  type Pass,
  runningStatistics,
} from "@/lib/model/layers.ts";
import type { BlockPlace } from "@/lib/model/part.ts";
import type { WeightSpecs } from "@/lib/model/parameters.ts";

/** The way around a residual block. */
export interface Shortcut extends WeightSpecs {
  /**
   * @param x The block's input.
   * @returns A tensor of the shape of the block's output.
   */
  forward(x: tf.Tensor4D, pass: Pass): tf.Tensor4D;
}

/** The identity, or a projection where the block changes the shape (He et al. 2016, section 3.3, option B). */
export function shortcut(place: BlockPlace): Shortcut {
  const { input, output, stride } = place;
  if (stride === 1 && input === output) {
    return { parameters: [], statistics: [], forward: (x) => x };
  }
  const [conv, norm] = [`${place.name}.downsample.0`, `${place.name}.downsample.1`];
  return {
    parameters: [convolution(conv, { side: 1, input, output }), ...normalisation(norm, output)],
    statistics: runningStatistics(norm, output),
    forward: (x, pass) => normalise(convolve(x, pass, { name: conv, stride }), pass, norm),
  };
}
