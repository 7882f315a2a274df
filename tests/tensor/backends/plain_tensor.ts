import type { Random } from "@/lib/base/random.ts";

/** A tensor of float64 in plain JavaScript, for references that share no code with any backend. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Normal numbers, rounded to float32 so that a backend can be given the same. */
export function drawNormal(random: Random, shape: readonly number[]): PlainTensor {
  const values = Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(random.normal()));
  return { shape, values };
}

/** An integer from `low` to `high`, both included. */
export function drawInteger(random: Random, low: number, high: number): number {
  return low + random.integer(high - low + 1);
}

/** Every value through a function of one number. */
export function mapPlain(x: PlainTensor, f: (value: number) => number): PlainTensor {
  return { shape: x.shape, values: x.values.map(f) };
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Batch normalisation over all axes but the last. */
export function plainNorm(
  [x, scale, offset]: readonly PlainTensor[],
  epsilon: number,
): PlainTensor {
  const channels = x!.shape.at(-1)!, n = x!.values.length / channels;
  const values = new Float64Array(x!.values.length);
  for (let c = 0; c < channels; c++) {
    const column = Float64Array.from({ length: n }, (_, i) => x!.values[i * channels + c]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / n;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    column.forEach((value, i) => {
      const unit = (value - mean) / Math.sqrt(variance + epsilon);
      values[i * channels + c] = unit * scale!.values[c]! + offset!.values[c]!;
    });
  }
  return { shape: x!.shape, values };
}

/** Zeros before and after the rows and the columns of an image. */
export type Padding = readonly [top: number, bottom: number, left: number, right: number];

/** The convolution of `[batch, height, width, input]` with `[side, side, input, output]`. */
export function plainConvolution(
  [x, kernel]: readonly PlainTensor[],
  { strides, padding }: { strides: readonly [number, number]; padding: Padding },
): PlainTensor {
  const [batch, height, width, input] = x!.shape as [number, number, number, number];
  const [tall, wide, , output] = kernel!.shape as [number, number, number, number];
  const [top, bottom, left, right] = padding;
  const rows = Math.floor((height + top + bottom - tall) / strides[0]) + 1;
  const columns = Math.floor((width + left + right - wide) / strides[1]) + 1;
  const shape = [batch, rows, columns, output];
  const values = new Float64Array(sizeOf(shape));
  const pixel = (b: number, r: number, c: number, i: number) =>
    r < 0 || r >= height || c < 0 || c >= width
      ? 0
      : x!.values[((b * height + r) * width + c) * input + i]!;
  for (let at = 0; at < values.length; at++) {
    const o = at % output, c = Math.floor(at / output) % columns;
    const r = Math.floor(at / output / columns) % rows,
      b = Math.floor(at / output / columns / rows);
    for (let tap = 0; tap < tall * wide * input; tap++) {
      const i = tap % input,
        kc = Math.floor(tap / input) % wide,
        kr = Math.floor(tap / input / wide);
      values[at]! += kernel!.values[tap * output + o]! *
        pixel(b, r * strides[0] + kr - top, c * strides[1] + kc - left, i);
    }
  }
  return { shape, values };
}
