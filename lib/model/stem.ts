import {
  convolution,
  convolve,
  normalisation,
  normalise,
  runningStatistics,
} from "@/lib/model/layers.ts";
import type { Part } from "@/lib/model/part.ts";
import { maxPool2d, relu } from "@/lib/tensor/mod.ts";

/** The stem for small images: one 3x3 convolution of stride 1 (He et al. 2016, section 4.2). */
export function smallStem(width: number): Part {
  return {
    output: width,
    parameters: [
      convolution("conv1", { side: 3, input: 3, output: width }),
      ...normalisation("bn1", width),
    ],
    statistics: runningStatistics("bn1", width),
    forward(images, pass) {
      return relu(normalise(convolve(images, pass, { name: "conv1", stride: 1 }), pass, "bn1"));
    },
  };
}

/**
 * The stem for large images: a 7x7 convolution of stride 2, then 3x3 max pooling of stride 2 (He et al. 2016, table 1);
 * height and width come out a quarter.
 */
export function largeStem(width: number): Part {
  return {
    output: width,
    parameters: [
      convolution("conv1", { side: 7, input: 3, output: width }),
      ...normalisation("bn1", width),
    ],
    statistics: runningStatistics("bn1", width),
    forward(images, pass) {
      const x = normalise(convolve(images, pass, { name: "conv1", stride: 2 }), pass, "bn1");
      return maxPool2d(relu(x), { side: 3, stride: 2, padding: 1 });
    },
  };
}
