import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { highest } from "@/lib/tensor/stablehlo/precision.ts";
import { signature } from "@/lib/tensor/stablehlo/types.ts";
import { type Axes, axesOf, type Edges, spread } from "@/lib/tensor/stablehlo/window.ts";

/** A convolution as StableHLO knows it; what is left out is 1 everywhere. */
interface Convolution {
  /** Which axis is what: batch `b`, features `f`, of a kernel input `i` and output `o`, and the places. */
  readonly axes: string;
  readonly padding: readonly [Edges, Edges];
  readonly strides?: readonly [number, number];
  /** From one element to the next: of the image, and of the kernel. */
  readonly apart?: readonly [number, number];
  readonly kernelApart?: readonly [number, number];
  /** Groups of features, each with kernels of its own; groups of the batch, likewise. */
  readonly groups?: number;
  readonly batchGroups?: number;
  readonly shape: readonly number[];
}

/**
 * Convolutions and their gradients, which are convolutions too. They have the forms that JAX gives them, by which XLA knows
 * cuDNN's three: forward, backward to the data, backward to the filter. bfloat16 is summed in float32 on every device.
 */
export const convolution = {
  Conv2D: (call) => forward(call, 1),
  Conv2DBackpropInput: (call) => toImage(call, 1),
  Conv2DBackpropFilter: (call) => toKernel(call, 1),
  DepthwiseConv2dNative: (call) => forward(call, channelsOf(call.input(0).shape)),
  DepthwiseConv2dNativeBackpropInput: (call) =>
    // [side, side, channels, copies] is already a kernel from a channel's copies to the channel.
    toImage(call, channelsOf(call.output.shape)),
  DepthwiseConv2dNativeBackpropFilter: (call) => toKernel(call, channelsOf(call.input(0).shape)),
} satisfies Record<string, Lowering>;

function forward(call: OpCall, groups: number): Value {
  const { b, output } = call;
  const image = call.input(0), kernel = call.input(1);
  const axes = axesOf(call, image.shape, sidesOf(kernel.shape));
  return convolve(b, [image, groups === 1 ? kernel : grouped(b, kernel)], {
    axes: "[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]",
    padding: both(axes, ({ padding }) => padding),
    strides: both(axes, ({ stride }) => stride),
    kernelApart: both(axes, ({ dilation }) => dilation),
    groups,
    shape: output.shape,
  });
}

/** The gradient of an image: the result's, whose pixels lie a stride apart, under the kernel turned by half a turn. */
function toImage(call: OpCall, groups: number): Value {
  const { b, output } = call;
  const kernel = call.input(1), gradient = call.input(2);
  const axes = axesOf(call, output.shape, sidesOf(kernel.shape));
  return convolve(b, [gradient, b.reverse(kernel, [0, 1])], {
    axes: "[b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f]",
    padding: both(axes, ({ length, reach, stride, places, padding: [before] }): Edges => {
      const first = reach - 1 - before;
      return [first, length + reach - 1 - spread(places, stride) - first];
    }),
    apart: both(axes, ({ stride }) => stride),
    kernelApart: both(axes, ({ dilation }) => dilation),
    groups,
    shape: output.shape,
  });
}

/** The gradient of a kernel: the image, its channels as a batch, under the result's, whose pixels lie a stride apart. */
function toKernel(call: OpCall, groups: number): Value {
  const { b, output } = call;
  const image = call.input(0), gradient = call.input(2);
  const axes = axesOf(call, image.shape, sidesOf(output.shape));
  const [height, width, , outputs] = output.shape as [number, number, number, number];
  const shape = groups === 1 ? output.shape : [height, width, 1, groups * outputs];
  const kernel = convolve(b, [image, gradient], {
    axes: "[f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f]",
    padding: both(axes, ({ length, reach, stride, places, padding: [before] }): Edges => [
      before,
      spread(places, stride) + reach - 1 - length - before,
    ]),
    strides: both(axes, ({ dilation }) => dilation),
    kernelApart: both(axes, ({ stride }) => stride),
    batchGroups: groups,
    shape,
  });
  return b.reshape(kernel, output.shape);
}

function convolve(
  b: Builder,
  operands: readonly [Value, Value],
  convolution: Convolution,
): Value {
  const one = [1, 1] as const;
  const { axes, padding, strides = one, apart = one, kernelApart = one } = convolution;
  const { groups = 1, batchGroups = 1, shape } = convolution;
  const [image, kernel] = operands;
  const window = `{stride = [${strides}], pad = [${padding.map((edges) => `[${edges}]`)}], ` +
    `lhs_dilate = [${apart}], rhs_dilate = [${kernelApart}]}`;
  const attributes =
    `{batch_group_count = ${batchGroups} : i64, feature_group_count = ${groups} : i64` +
    `${highest(image.element, "attribute")}}`;
  const type = { shape, element: image.element };
  return b.result(
    `stablehlo.convolution(${image.name}, ${kernel.name}) dim_numbers = ${axes}, ` +
      `window = ${window} ${attributes} : ${signature(operands, [type])}`,
    type,
  );
}

/** A depthwise kernel `[side, side, channels, copies]` as one of as many groups as channels. */
function grouped(b: Builder, kernel: Value): Value {
  const [height, width, channels, copies] = kernel.shape as [number, number, number, number];
  return b.reshape(kernel, [height, width, 1, channels * copies]);
}

function channelsOf(image: readonly number[]): number {
  return image[3]!;
}

function sidesOf(kernel: readonly number[]): [number, number] {
  return [kernel[0]!, kernel[1]!];
}

function both<T>(axes: Axes, of: (axis: Axes[number]) => T): [T, T] {
  return [of(axes[0]), of(axes[1])];
}
