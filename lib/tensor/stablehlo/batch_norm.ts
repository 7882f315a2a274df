import type { Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";

/**
 * Batch normalisation over all axes of images `[batch, height, width, channels]` but the last, as TensorFlow's CPU kernels
 * define it: statistics in float32, outputs 4 and 5 the mean and the variance that a gradient wants.
 *
 * The sums of one pass over the images are written side by side, so that XLA makes one kernel of them.
 */
export const batchNorm = {
  FusedBatchNorm: (call) => normalise(call),
  FusedBatchNormV3: (call) => normalise(call),
  FusedBatchNormGradV3: (call) => gradients(call),
} satisfies Record<string, Lowering>;

/** Inputs x, scale, offset, mean, variance; outputs y, mean, variance, and what is kept for the gradient. */
function normalise(call: OpCall): Value[] {
  const { b, input } = call;
  refuseOtherFormats(call);
  if (call.number("exponential_avg_factor", 1) !== 1) {
    throw new Error(`Cannot compile ${call.name} with running statistics: compute them apart`);
  }
  const image = input(0), x = b.convert(image, "f32");
  const training = call.flag("is_training", true);
  const { mean, variance } = training
    ? statisticsOf(call, x)
    : { mean: input(3), variance: input(4) };
  const inverse = inverseDeviation(call, variance);
  const factor = b.elementwise("multiply", [inverse, input(1)]);
  const centred = b.elementwise("subtract", [x, b.broadcast(mean, x.shape)]);
  const scaled = b.elementwise("multiply", [centred, b.broadcast(factor, x.shape)]);
  const y = b.elementwise("add", [scaled, b.broadcast(input(2), x.shape)]);
  const rows = rowsOf(x);
  const unbiased = training && rows > 1 ? times(call, variance, rows / (rows - 1)) : variance;
  return [b.convert(y, image.element), mean, unbiased, mean, variance, ...unread(call, 5)];
}

/** Inputs dy, x, scale, and of the forward pass mean and variance; outputs the gradients of x, scale and offset. */
function gradients(call: OpCall): Value[] {
  const { b, input } = call;
  refuseOtherFormats(call);
  const image = input(1);
  const dy = b.convert(input(0), "f32"), x = b.convert(image, "f32");
  const scale = input(2), mean = input(3), variance = input(4);
  const inverse = inverseDeviation(call, variance);
  const factor = b.elementwise("multiply", [inverse, scale]);
  const centred = b.elementwise("subtract", [x, b.broadcast(mean, x.shape)]);
  const toOffset = sum(call, dy);
  const together = sum(call, b.elementwise("multiply", [dy, centred]));
  const toScale = b.elementwise("multiply", [together, inverse]);
  const pull = b.elementwise("multiply", [toScale, inverse]);
  const share = 1 / rowsOf(x);
  const gradient = call.flag("is_training", true)
    ? b.elementwise("subtract", [
      b.elementwise("subtract", [dy, b.broadcast(times(call, toOffset, share), x.shape)]),
      b.elementwise("multiply", [centred, b.broadcast(times(call, pull, share), x.shape)]),
    ])
    : dy;
  const toX = b.elementwise("multiply", [gradient, b.broadcast(factor, x.shape)]);
  return [b.convert(toX, image.element), toScale, toOffset, ...unread(call, 3)];
}

/**
 * Mean and variance of each channel from one pass. Squares of x itself would lose the variance in rounding where the mean is
 * large; so they are of x less the channel's first value, which lies as near the mean as any.
 */
function statisticsOf(call: OpCall, x: Value): { mean: Value; variance: Value } {
  const { b } = call;
  const channels = x.shape.at(-1)!;
  const first = b.reshape(
    b.slice(x, {
      start: x.shape.map(() => 0),
      limit: [...x.shape.slice(0, -1).map(() => 1), channels],
    }),
    [channels],
  );
  const shifted = b.elementwise("subtract", [x, b.broadcast(first, x.shape)]);
  const share = 1 / rowsOf(x);
  const offset = times(call, sum(call, shifted), share);
  const square = times(call, sum(call, b.elementwise("multiply", [shifted, shifted])), share);
  const variance = b.elementwise("subtract", [square, b.elementwise("multiply", [offset, offset])]);
  return {
    mean: b.elementwise("add", [first, offset]),
    variance: b.elementwise("maximum", [variance, b.splat(0, variance)]),
  };
}

function inverseDeviation(call: OpCall, variance: Value): Value {
  const { b } = call;
  const epsilon = b.splat(call.number("epsilon", 1e-4), variance);
  return b.elementwise("rsqrt", [b.elementwise("add", [variance, epsilon])]);
}

/** `[channels]`. */
function sum({ b }: OpCall, x: Value): Value {
  return b.reduce("add", x, { axes: x.shape.slice(0, -1).map((_, axis) => axis), initial: 0 });
}

function times({ b }: OpCall, x: Value, factor: number): Value {
  return b.elementwise("multiply", [x, b.splat(factor, x)]);
}

function rowsOf(x: Value): number {
  return x.shape.slice(0, -1).reduce((product, length) => product * length, 1);
}

/** Outputs from a place on, which TensorFlow's CPU kernels leave empty. */
function unread({ b, outputs }: OpCall, from: number): Value[] {
  return outputs.slice(from).map((type) => b.splat(0, type));
}

function refuseOtherFormats(call: OpCall): void {
  const format = call.text("data_format", "NHWC");
  if (format === "NHWC") return;
  throw new Error(`Cannot compile ${call.name} of images in the format ${format}: give NHWC`);
}
