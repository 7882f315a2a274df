import * as tf from "@tensorflow/tfjs";
import {
  convolution,
  convolve,
  normalisation,
  normalise,
  runningStatistics,
} from "@/lib/model/layers.ts";
import type { BlockPlace, Part } from "@/lib/model/part.ts";
import { shortcut } from "@/lib/model/shortcut.ts";
import { relu } from "@/lib/tensor/mod.ts";

/** Channels that a bottleneck block makes for each that its 3x3 convolution has. */
export const EXPANSION = 4;

/**
 * Convolutions of 1x1, 3x3 and 1x1, the middle one on a quarter of the output's channels, and a shortcut (He et al. 2016,
 * figure 5).
 *
 * The 3x3 convolution carries the stride, as in torchvision's ResNet (V1.5), where the paper has it in the first 1x1.
 *
 * @param place Its `output` is a multiple of 4.
 */
export function bottleneckBlock(place: BlockPlace): Part {
  const { name, input, output, stride } = place;
  const inner = output / EXPANSION;
  const around = shortcut(place);
  return {
    output,
    parameters: [
      convolution(`${name}.conv1`, { side: 1, input, output: inner }),
      ...normalisation(`${name}.bn1`, inner),
      convolution(`${name}.conv2`, { side: 3, input: inner, output: inner }),
      ...normalisation(`${name}.bn2`, inner),
      convolution(`${name}.conv3`, { side: 1, input: inner, output }),
      ...normalisation(`${name}.bn3`, output),
      ...around.parameters,
    ],
    statistics: [
      ...runningStatistics(`${name}.bn1`, inner),
      ...runningStatistics(`${name}.bn2`, inner),
      ...runningStatistics(`${name}.bn3`, output),
      ...around.statistics,
    ],
    forward(x, pass) {
      let y = convolve(x, pass, { name: `${name}.conv1`, stride: 1 });
      y = relu(normalise(y, pass, `${name}.bn1`));
      y = convolve(y, pass, { name: `${name}.conv2`, stride });
      y = relu(normalise(y, pass, `${name}.bn2`));
      y = convolve(y, pass, { name: `${name}.conv3`, stride: 1 });
      y = normalise(y, pass, `${name}.bn3`);
      return relu(tf.add(y, around.forward(x, pass)));
    },
  };
}
