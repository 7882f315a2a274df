import * as tf from "@tensorflow/tfjs";
import { InputError } from "@/lib/base/errors.ts";
import {
  convolution,
  convolve,
  type Mode,
  normalisation,
  normalise,
  type Pass,
  runningStatistics,
  type Tensors,
} from "@/lib/model/layers.ts";
import type { ParameterSpec, WeightSpecs } from "@/lib/model/parameters.ts";
import { relu } from "@/lib/tensor/mod.ts";

/** The form of a residual network; a scale's `network` has it. */
export interface ResnetConfig {
  readonly family: "resnet";
  readonly stem: "small" | "large";
  readonly block: "basic" | "bottleneck";
  /** Blocks of each stage; channels double and resolution halves from stage to stage. */
  readonly blocks: readonly number[];
  /** Channels of the first stage. */
  readonly width: number;
}

/** A network that turns images into feature vectors: specs of its weights and a pure function of them. */
export interface Encoder extends WeightSpecs {
  /** The length of a feature vector. */
  readonly features: number;
  /**
   * @param images `[batch, height, width, 3]`, standardised.
   * @param parameters Tensors by name.
   * @returns Features `[batch, features]`; in training mode also the batch's means and variances by the running ones' names.
   */
  forward(
    images: tf.Tensor4D,
    parameters: Tensors,
    mode: Mode,
  ): { features: tf.Tensor2D; statistics: Tensors };
}

interface Block {
  readonly name: string;
  readonly input: number;
  readonly output: number;
  readonly stride: 1 | 2;
}

/**
 * A residual network of basic blocks with the small stem (He et al. 2016, sections 3 and 4.2), without its classifier.
 *
 * Weights have the names of torchvision's ResNet.
 *
 * @throws {InputError} If the stem or the block is one that is not built.
 */
export function resnet(config: ResnetConfig): Encoder {
  refuseUnbuilt(config);
  const blocks = arrange(config);
  const norms: (readonly [string, number])[] = [
    ["bn1", config.width],
    ...blocks.flatMap(blockNorms),
  ];
  return {
    features: blocks.at(-1)?.output ?? config.width,
    parameters: [
      convolution("conv1", { side: 3, input: 3, output: config.width }),
      ...normalisation("bn1", config.width),
      ...blocks.flatMap(blockParameters),
    ],
    statistics: norms.flatMap(([name, channels]) => runningStatistics(name, channels)),
    forward(images, parameters, mode) {
      const pass: Pass = { ...mode, parameters, observed: {} };
      let x = relu(normalise(convolve(images, pass, { name: "conv1", stride: 1 }), pass, "bn1"));
      for (const block of blocks) x = basicBlock(x, pass, block);
      return { features: tf.mean(x, [1, 2]) as tf.Tensor2D, statistics: pass.observed };
    },
  };
}

/** The blocks in order, with their channels and strides. */
function arrange(config: ResnetConfig): readonly Block[] {
  const blocks: Block[] = [];
  let input = config.width;
  config.blocks.forEach((count, stage) => {
    const output = config.width * 2 ** stage;
    for (let i = 0; i < count; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      blocks.push({ name: `layer${stage + 1}.${i}`, input, output, stride });
      input = output;
    }
  });
  return blocks;
}

/** Whether the shortcut needs a projection, because the shape changes (He et al. 2016, option B). */
function projects(block: Block): boolean {
  return block.stride !== 1 || block.input !== block.output;
}

function blockParameters(block: Block): readonly ParameterSpec[] {
  const { name, input, output } = block;
  const shortcut = [
    convolution(`${name}.downsample.0`, { side: 1, input, output }),
    ...normalisation(`${name}.downsample.1`, output),
  ];
  return [
    convolution(`${name}.conv1`, { side: 3, input, output }),
    ...normalisation(`${name}.bn1`, output),
    convolution(`${name}.conv2`, { side: 3, input: output, output }),
    ...normalisation(`${name}.bn2`, output),
    ...(projects(block) ? shortcut : []),
  ];
}

function blockNorms(block: Block): readonly (readonly [string, number])[] {
  const names = ["bn1", "bn2", ...(projects(block) ? ["downsample.1"] : [])];
  return names.map((name) => [`${block.name}.${name}`, block.output]);
}

function basicBlock(x: tf.Tensor4D, pass: Pass, block: Block): tf.Tensor4D {
  const { name, stride } = block;
  let y = convolve(x, pass, { name: `${name}.conv1`, stride });
  y = relu(normalise(y, pass, `${name}.bn1`));
  y = normalise(convolve(y, pass, { name: `${name}.conv2`, stride: 1 }), pass, `${name}.bn2`);
  const shortcut = projects(block)
    ? normalise(
      convolve(x, pass, { name: `${name}.downsample.0`, stride }),
      pass,
      `${name}.downsample.1`,
    )
    : x;
  return relu(tf.add(y, shortcut));
}

function refuseUnbuilt(config: ResnetConfig): void {
  if (config.stem !== "small") {
    throw new InputError(
      "network.stem",
      `"${config.stem}" is not built yet`,
      'Use a scale whose stem is "small"',
    );
  }
  if (config.block !== "basic") {
    throw new InputError(
      "network.block",
      `"${config.block}" is not built yet`,
      'Use a scale whose block is "basic"',
    );
  }
}
