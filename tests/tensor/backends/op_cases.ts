import * as tf from "@tensorflow/tfjs";
import type { Random } from "@/lib/base/random.ts";
import { batchNorm, batchNormInference, convolve2d, relu } from "@/lib/tensor/mod.ts";
import {
  drawInteger,
  drawNormal,
  mapPlain,
  type Padding,
  plainConvolution,
  plainNorm,
  type PlainTensor,
} from "@/tests/tensor/backends/plain_tensor.ts";

/** An op on random inputs, and the same in plain float64; every input must have a gradient. */
export interface Example {
  readonly inputs: readonly PlainTensor[];
  run(inputs: readonly tf.Tensor[]): tf.Tensor;
  plain(inputs: readonly PlainTensor[]): PlainTensor;
}

/** An op with a gradient of our own, or one of tfjs's that needs a kernel of ours somewhere. To check another, add it. */
export interface OpCase {
  /** Draws shapes, settings and values. */
  draw(random: Random): Example;
  /** Backends that have it; all by default. */
  readonly backends?: readonly string[];
  /** The largest difference allowed, in parts of a tensor's largest value; 1e-4 by default. */
  readonly tolerance?: number;
}

const EPSILON = 1e-3;

/** Every op that is checked, by the name that its test has. */
export const opCases: Readonly<Record<string, OpCase>> = {
  "batchNorm() of images": { draw: (random) => drawNorm(random, 4) },
  "batchNorm() of vectors": { draw: (random) => drawNorm(random, 2) },
  "batchNormInference()": { draw: drawInference },
  "relu()": { draw: drawRelu },
  "convolve2d()": { draw: drawConvolve2d },
  "tf.conv2d, same or valid,": { draw: drawConvolution },
  // tfjs-node has no gradient for it, which is why convolve2d() pads by itself.
  "tf.conv2d with explicit padding": {
    draw: drawExplicitConvolution,
    backends: ["wasm", "webgpu"],
  },
  "tf.gather": { draw: drawGather },
};

function drawNorm(random: Random, rank: 2 | 4): Example {
  const channels = drawInteger(random, 1, 5);
  const shape = rank === 2
    ? [drawInteger(random, 2, 9), channels]
    : [drawInteger(random, 1, 3), drawInteger(random, 2, 5), drawInteger(random, 1, 5), channels];
  const x = mapPlain(drawNormal(random, shape), (value) => Math.fround(3 * value + 2));
  return {
    inputs: [x, drawNormal(random, [channels]), drawNormal(random, [channels])],
    run: ([x, scale, offset]) =>
      batchNorm(x!, scale as tf.Tensor1D, offset as tf.Tensor1D, { epsilon: EPSILON }).y,
    plain: (inputs) => plainNorm(inputs, EPSILON),
  };
}

function drawInference(random: Random): Example {
  const channels = drawInteger(random, 1, 5);
  const x = drawNormal(random, [drawInteger(random, 1, 6), channels]);
  const mean = drawNormal(random, [channels]);
  const variance = mapPlain(drawNormal(random, [channels]), (value) => Math.fround(value ** 2));
  return {
    inputs: [x, drawNormal(random, [channels]), drawNormal(random, [channels])],
    run: ([x, scale, offset]) =>
      batchNormInference(x!, scale as tf.Tensor1D, offset as tf.Tensor1D, {
        mean: tf.tensor1d([...mean.values]),
        variance: tf.tensor1d([...variance.values]),
        epsilon: EPSILON,
      }),
    plain: ([x, scale, offset]) => ({
      shape: x!.shape,
      values: x!.values.map((value, i) => {
        const c = i % channels;
        const unit = (value - mean.values[c]!) / Math.sqrt(variance.values[c]! + EPSILON);
        return unit * scale!.values[c]! + offset!.values[c]!;
      }),
    }),
  };
}

function drawRelu(random: Random): Example {
  const x = drawNormal(random, [drawInteger(random, 1, 40), 3]);
  // Not where the slope changes: a finite difference there is neither of the two.
  const away = mapPlain(x, (value) => Math.abs(value) < 0.01 ? 1 : value);
  return {
    inputs: [away],
    run: ([x]) => relu(x!),
    plain: ([x]) => mapPlain(x!, (value) => Math.max(0, value)),
  };
}

function drawConvolve2d(random: Random): Example {
  const side = drawInteger(random, 1, 4), stride = drawInteger(random, 1, 3);
  const padding = drawInteger(random, 0, side);
  return {
    inputs: drawImageAndKernel(random, [side, side]),
    run: ([x, kernel]) => convolve2d(x as tf.Tensor4D, kernel as tf.Tensor4D, { stride, padding }),
    plain: (inputs) =>
      plainConvolution(inputs, {
        strides: [stride, stride],
        padding: [padding, padding, padding, padding],
      }),
  };
}

/**
 * Paddings that have names, one stride no longer than the kernel. Beyond that two backends are wrong by themselves:
 * tfjs's wasm with "same" at a longer stride, and TensorFlow 2.21 with oneDNN for one channel at strides 1 and 2.
 */
function drawConvolution(random: Random): Example {
  const stride = drawInteger(random, 1, 3);
  const sides = [drawInteger(random, stride, 4), drawInteger(random, stride, 4)] as const;
  const strides: [number, number] = [stride, stride];
  const inputs = drawImageAndKernel(random, sides);
  const name = random.uniform() < 0.5 ? "same" : "valid";
  const edges = [0, 1].flatMap((axis) => {
    const length = inputs[0]!.shape[1 + axis]!, stride = strides[axis]!;
    const reach = (Math.ceil(length / stride) - 1) * stride + sides[axis]!;
    const total = name === "same" ? Math.max(0, reach - length) : 0;
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  }) as unknown as Padding;
  return {
    inputs,
    run: ([x, kernel]) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, name),
    plain: (given) => plainConvolution(given, { strides, padding: edges }),
  };
}

/** Strides and paddings that differ from edge to edge, wider than the kernel too. */
function drawExplicitConvolution(random: Random): Example {
  const sides = [drawInteger(random, 1, 4), drawInteger(random, 1, 4)] as const;
  const strides: [number, number] = [drawInteger(random, 1, 3), drawInteger(random, 1, 3)];
  const inputs = drawImageAndKernel(random, sides);
  const edge = () => drawInteger(random, 0, 4);
  const padding: Padding = [edge(), edge(), edge(), edge()];
  const [top, bottom, left, right] = padding;
  return {
    inputs,
    run: ([x, kernel]) =>
      tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]),
    plain: (given) => plainConvolution(given, { strides, padding }),
  };
}

function drawImageAndKernel(random: Random, sides: readonly [number, number]): PlainTensor[] {
  const input = drawInteger(random, 1, 3);
  const image = [
    drawInteger(random, 1, 3),
    drawInteger(random, 4, 7),
    drawInteger(random, 4, 7),
    input,
  ];
  return [
    drawNormal(random, image),
    drawNormal(random, [...sides, input, drawInteger(random, 1, 4)]),
  ];
}

function drawGather(random: Random): Example {
  const rows = drawInteger(random, 1, 5), width = drawInteger(random, 1, 4);
  const at = Array.from(
    { length: drawInteger(random, 1, 8) },
    () => drawInteger(random, 0, rows - 1),
  );
  return {
    inputs: [drawNormal(random, [rows, width])],
    run: ([x]) => tf.gather(x!, tf.tensor1d(at, "int32")),
    plain: ([x]) => ({
      shape: [at.length, width],
      values: Float64Array.from(
        at.flatMap((row) => [...x!.values.subarray(row * width, (row + 1) * width)]),
      ),
    }),
  };
}
