import type { Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { dot } from "@/lib/tensor/stablehlo/products.ts";

/** How much each pixel of an axis counts in each of the resized one, `[to, from]`, row by row. */
type Weights = (
  lengths: { readonly from: number; readonly to: number },
  call: OpCall,
) => Float32Array;

/**
 * Images resized, and the gradients of that. Resizing is linear along each axis, and its matrices are known when a function is
 * traced: so it is a product with each, and its gradient one with each turned over.
 */
export const resize = {
  ResizeBilinear: (call) => resized(call, bilinear),
  ResizeNearestNeighbor: (call) => resized(call, nearest),
  ResizeBilinearGrad: (call) => gradient(call, bilinear),
  ResizeNearestNeighborGrad: (call) => gradient(call, nearest),
} satisfies Record<string, Lowering>;

function resized(call: OpCall, weights: Weights): Value {
  const { b, output } = call;
  const image = b.convert(call.input(0), output.element);
  return alongBoth(call, image, (axis) => {
    const lengths = { from: image.shape[axis]!, to: output.shape[axis]! };
    return { matrix: matrixOf(call, lengths, weights), over: 1 };
  });
}

function gradient(call: OpCall, weights: Weights): Value {
  const { b, output } = call;
  const upstream = b.convert(call.input(0), output.element);
  return alongBoth(call, upstream, (axis) => {
    const lengths = { from: output.shape[axis]!, to: upstream.shape[axis]! };
    return { matrix: matrixOf(call, lengths, weights), over: 0 };
  });
}

/** The product with a matrix along the height, and with another along the width. */
function alongBoth(
  { b }: OpCall,
  x: Value,
  by: (axis: 1 | 2) => { readonly matrix: Value; readonly over: 0 | 1 },
): Value {
  const [height, width] = [by(1), by(2)];
  const onHeight = dot(b, [x, height.matrix], { over: [[1], [height.over]] }); // [batch, width, channels, height]
  const onBoth = dot(b, [onHeight, width.matrix], { over: [[1], [width.over]] }); // [batch, channels, height, width]
  return b.transpose(onBoth, [0, 2, 3, 1]);
}

function matrixOf(
  call: OpCall,
  lengths: { readonly from: number; readonly to: number },
  weights: Weights,
): Value {
  const { b, output } = call;
  const shape = [lengths.to, lengths.from];
  const values = new Uint8Array(weights(lengths, call).buffer);
  return b.convert(b.constant(values, { shape, element: "f32" }), output.element);
}

/** As TensorFlow's kernel has it, in float32. */
const bilinear: Weights = ({ from, to }, call) => {
  const matrix = new Float32Array(to * from);
  const halfPixel = call.flag("half_pixel_centers", false);
  const step = stepOf({ from, to }, call);
  for (let i = 0; i < to; i++) {
    const place = halfPixel
      ? Math.fround(Math.fround((i + 0.5) * step) - 0.5)
      : Math.fround(i * step);
    const high = Math.min(Math.ceil(place), from - 1);
    const low = Math.min(Math.max(Math.floor(place), 0), high);
    const share = place - Math.floor(place);
    matrix[i * from + low]! += 1 - share;
    matrix[i * from + high]! += share;
  }
  return matrix;
};

/** As TensorFlow's kernel has it, in float32. */
const nearest: Weights = ({ from, to }, call) => {
  const matrix = new Float32Array(to * from);
  const halfPixel = call.flag("half_pixel_centers", false);
  const step = stepOf({ from, to }, call);
  for (let i = 0; i < to; i++) {
    const place = Math.fround((halfPixel ? i + 0.5 : i) * step);
    const pixel = call.flag("align_corners", false) ? Math.round(place) : Math.floor(place);
    matrix[i * from + Math.min(Math.max(pixel, 0), from - 1)] = 1;
  }
  return matrix;
};

/** From one pixel of the resized axis to the next, in pixels of the first. */
function stepOf(
  { from, to }: { readonly from: number; readonly to: number },
  call: OpCall,
): number {
  const cornersMeet = call.flag("align_corners", false) && to > 1;
  return Math.fround(cornersMeet ? (from - 1) / (to - 1) : from / to);
}
