import * as tf from "@tensorflow/tfjs";
import { basicBlock } from "@/lib/model/basic_block.ts";
import { bottleneckBlock, EXPANSION } from "@/lib/model/bottleneck_block.ts";
import type { Mode, Pass, Tensors } from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/model/parameters.ts";
import type { Part } from "@/lib/model/part.ts";
import { largeStem, smallStem } from "@/lib/model/stem.ts";
import { toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";

/** The form of a residual network; a scale's `network` has it. */
export interface ResnetConfig {
  readonly family: "resnet";
  /** `"small"`: one 3x3 convolution of stride 1; `"large"`: 7x7 of stride 2 and max pooling. */
  readonly stem: "small" | "large";
  readonly block: "basic" | "bottleneck";
  /** Blocks of each stage; channels double and resolution halves from stage to stage. */
  readonly blocks: readonly number[];
  /** Channels of the stem, and of the first stage's 3x3 convolutions. */
  readonly width: number;
}

/** A network that turns images into feature vectors: specs of its weights and a pure function of them. */
export interface Encoder extends WeightSpecs {
  /** The length of a feature vector. */
  readonly features: number;
  /**
   * @param images `[batch, height, width, 3]`, standardised.
   * @param parameters Tensors by name.
   * @returns Features `[batch, features]`, float32; in training mode also the batch's means and variances by the running
   *   ones' names.
   */
  forward(
    images: tf.Tensor4D,
    parameters: Tensors,
    mode: Mode,
  ): { features: tf.Tensor2D; statistics: Tensors };
}

/**
 * A residual network (He et al. 2016) without its classifier.
 *
 * Stem `large` with block `bottleneck`, blocks 3, 4, 6, 3 and width 64 is ResNet-50; with `basic` and 2, 2, 2, 2 it is
 * ResNet-18. Weights have the names of torchvision's ResNet.
 */
export function resnet(config: ResnetConfig): Encoder {
  const parts = arrange(config);
  return {
    features: parts.at(-1)!.output,
    parameters: parts.flatMap((part) => part.parameters),
    statistics: parts.flatMap((part) => part.statistics),
    forward(images, parameters, mode) {
      const pass: Pass = { ...mode, parameters, observed: {} };
      const narrow = mode.precision === "bfloat16";
      let x = narrow ? toBfloat16(images) : images;
      for (const part of parts) x = part.forward(x, pass);
      // The mean of many numbers wants more than bfloat16's 8 bits.
      const features = tf.mean(narrow ? toFloat32(x) : x, [1, 2]) as tf.Tensor2D;
      return { features, statistics: pass.observed };
    },
  };
}

/** The stem, then the blocks in order, with their channels and strides. */
function arrange(config: ResnetConfig): readonly Part[] {
  const { stem, block, blocks, width } = config;
  const parts = [stem === "large" ? largeStem(width) : smallStem(width)];
  const makeBlock = block === "bottleneck" ? bottleneckBlock : basicBlock;
  const expansion = block === "bottleneck" ? EXPANSION : 1;
  blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const input = parts.at(-1)!.output;
      const output = width * 2 ** stage * expansion;
      const stride = stage > 0 && i === 0 ? 2 : 1;
      parts.push(makeBlock({ name: `layer${stage + 1}.${i}`, input, output, stride }));
    }
  });
  return parts;
}
