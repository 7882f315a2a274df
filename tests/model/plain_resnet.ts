import type { Resnet } from "@/dsl/mod.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { sizeOf } from "@/lib/network/mod.ts";

/** One image in evaluation: value of (row, column, channel) at (row * side + column) * channels + channel. */
interface Image {
  readonly side: number;
  readonly channels: number;
  readonly values: readonly number[];
}

/** The features of one image by a residual network in evaluation mode: loops over numbers, nothing else. */
export function plainFeatures(
  config: Resnet,
  weights: Weights,
  pixels: readonly number[],
): number[] {
  const { stem, block, blocks, width } = config;
  const norm = (x: Image, name: string) => normalise(x, weights, name);
  const conv = (x: Image, name: string, [side, output, stride]: [number, number, number]) =>
    convolve(x, weights[`${name}.weight`]!, { side, output, stride });

  let x: Image = { side: Math.sqrt(pixels.length / 3), channels: 3, values: pixels };
  const large = stem === "large";
  x = rectify(norm(conv(x, "conv1", large ? [7, width, 2] : [3, width, 1]), "bn1"));
  if (large) x = pool(x);

  blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const name = `layer${stage + 1}.${i}`;
      const stride = stage > 0 && i === 0 ? 2 : 1;
      const inner = width * 2 ** stage;
      const output = block === "bottleneck" ? 4 * inner : inner;
      const sizes: [number, number, number][] = block === "bottleneck"
        ? [[1, inner, 1], [3, inner, stride], [1, output, 1]]
        : [[3, inner, stride], [3, output, 1]];
      let y = x;
      sizes.forEach((size, k) => {
        y = norm(conv(y, `${name}.conv${k + 1}`, size), `${name}.bn${k + 1}`);
        if (k < sizes.length - 1) y = rectify(y);
      });
      const around = weights[`${name}.downsample.0.weight`] === undefined
        ? x
        : norm(conv(x, `${name}.downsample.0`, [1, output, stride]), `${name}.downsample.1`);
      x = rectify({ ...y, values: y.values.map((value, at) => value + around.values[at]!) });
    }
  });

  const { side, channels, values } = x;
  return Array.from({ length: channels }, (_, channel) => {
    const of = values.filter((_, at) => at % channels === channel);
    return of.reduce((sum, value) => sum + value, 0) / (side * side);
  });
}

/** A convolution with (side - 1) / 2 zeros on every edge; the kernel is `[side, side, input, output]`. */
function convolve(
  x: Image,
  kernel: Float32Array,
  { side, output, stride }: { side: number; output: number; stride: number },
): Image {
  return windows(x, { side, stride, channels: output }, (pixelsOf, channel) => {
    let sum = 0;
    for (const { place, at } of pixelsOf) {
      for (let c = 0; c < x.channels; c++) {
        sum += x.values[at + c]! * kernel[(place * x.channels + c) * output + channel]!;
      }
    }
    return sum;
  });
}

/** The largest of each 3x3 window at stride 2; what lies outside the image is no candidate. */
function pool(x: Image): Image {
  return windows(
    x,
    { side: 3, stride: 2, channels: x.channels },
    (pixelsOf, channel) => Math.max(...pixelsOf.map(({ at }) => x.values[at + channel]!)),
  );
}

/** Calls `reduce` for each place of a window and each channel, with those of the window's pixels that are in the image. */
function windows(
  x: Image,
  { side, stride, channels }: { side: number; stride: number; channels: number },
  reduce: (pixelsOf: readonly { place: number; at: number }[], channel: number) => number,
): Image {
  const edge = (side - 1) / 2;
  const rows = Math.floor((x.side + 2 * edge - side) / stride) + 1;
  const values: number[] = [];
  for (let place = 0; place < rows * rows; place++) {
    const [top, left] = [Math.floor(place / rows) * stride - edge, place % rows * stride - edge];
    const inside = Array.from({ length: side * side }, (_, i) => {
      const [row, column] = [top + Math.floor(i / side), left + i % side];
      return { place: i, row, column, at: (row * x.side + column) * x.channels };
    }).filter(({ row, column }) => Math.min(row, column) >= 0 && Math.max(row, column) < x.side);
    for (let channel = 0; channel < channels; channel++) values.push(reduce(inside, channel));
  }
  return { side: rows, channels, values };
}

function normalise(x: Image, weights: Weights, name: string): Image {
  const of = (what: string, at: number) => weights[`${name}.${what}`]![at % x.channels]!;
  const values = x.values.map((value, at) =>
    (value - of("running_mean", at)) / Math.sqrt(of("running_var", at) + 1e-5) * of("weight", at) +
    of("bias", at)
  );
  return { ...x, values };
}

function rectify(x: Image): Image {
  return { ...x, values: x.values.map((value) => Math.max(0, value)) };
}

/** Numbers in -0.5 .. 0.5 that any language gives alike: value i of tensor k. */
export function plainNumbers(shape: readonly number[], k: number): Float32Array {
  return Float32Array.from(
    { length: sizeOf(shape) },
    (_, i) => (i * 7919 + k * 3571) % 1000 / 1000 - 0.5,
  );
}
