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

/** Two 3x3 convolutions, the first with the block's stride, and a shortcut (He et al. 2016, figure 2). */
export function basicBlock(place: BlockPlace): Part {
  const { name, input, output, stride } = place;
  const around = shortcut(place);
  return {
    output,
    parameters: [
      convolution(`${name}.conv1`, { side: 3, input, output }),
      ...normalisation(`${name}.bn1`, output),
      convolution(`${name}.conv2`, { side: 3, input: output, output }),
      ...normalisation(`${name}.bn2`, output),
      ...around.parameters,
    ],
    statistics: [
      ...runningStatistics(`${name}.bn1`, output),
      ...runningStatistics(`${name}.bn2`, output),
      ...around.statistics,
    ],
    forward(x, pass) {
      let y = convolve(x, pass, { name: `${name}.conv1`, stride });
      y = relu(normalise(y, pass, `${name}.bn1`));
      y = convolve(y, pass, { name: `${name}.conv2`, stride: 1 });
      y = normalise(y, pass, `${name}.bn2`);
      return relu(tf.add(y, around.forward(x, pass)));
    },
  };
}
