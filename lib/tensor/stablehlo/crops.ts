import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { gather } from "@/lib/tensor/stablehlo/gather.ts";
import { typeText } from "@/lib/tensor/stablehlo/types.ts";

/** Boxes cut out of images and resized. */
export const crops = {
  CropAndResize: (call) => crop(call),
} satisfies Record<string, Lowering>;

/**
 * Each pixel of a crop from the four around its place in the image.
 *
 * The other way is by products with matrices, as interpolation is linear along each axis. On XLA's CPU plugin it took 1.3 to 3
 * times as long (crops of 32, 64 and 224 px). On a GPU neither was measured, which would have the last word: at 224 px the
 * products are 80 million multiplications a crop in float32, beside the 4 billion of a ResNet-50 in bfloat16, of which a GPU
 * does 15 in the time of one.
 */
function crop(call: OpCall): Value {
  const { b, output: { shape } } = call;
  const [m, height, width] = shape as [number, number, number, number];
  const [rows, columns] = placesOf(call);
  const spread = (x: Value, axis: number) =>
    b.reshape(b.broadcast(x, [m, height, width], axis === 0 ? [0] : [0, axis]), [
      m,
      height,
      width,
      1,
    ]);
  const pixels = (row: Value, column: Value) => {
    const at = b.concatenate([spread(call.input(2), 0), spread(row, 1), spread(column, 2)], 3);
    return pixelsAt(b, call.input(0), at);
  };
  const [down, across] = [
    b.broadcast(rows.share, shape, [0, 1]),
    b.broadcast(columns.share, shape, [0, 2]),
  ];
  const edge = (row: Value) =>
    blend(b, [pixels(row, columns.low), pixels(row, columns.high)], across);
  const inside = b.elementwise("and", [
    b.broadcast(rows.inside, shape, [0, 1]),
    b.broadcast(columns.inside, shape, [0, 2]),
  ]);
  const beyond = b.splat(call.number("extrapolation_value", 0), { shape, element: "f32" });
  return b.select(inside, [blend(b, [edge(rows.low), edge(rows.high)], down), beyond]);
}

/** Where the pixels of a crop lie along an axis of the image, each `[boxes, pixels]`. */
interface Places {
  /** The pixels before and after it, int32, and how near the place is to the second, of 0 to 1. */
  readonly low: Value;
  readonly high: Value;
  readonly share: Value;
  /** Whether it is in the image. */
  readonly inside: Value;
}

function placesOf(call: OpCall): readonly [Places, Places] {
  const { b, input, output } = call;
  const [m] = output.shape as [number];
  const corner = (i: number) =>
    b.reshape(b.slice(input(1), { start: [0, i], limit: [m, i + 1] }), [m]);
  return [1, 2].map((axis) =>
    along(call, [corner(axis - 1), corner(axis + 1)], {
      from: input(0).shape[axis]!,
      to: output.shape[axis]!,
    })
  ) as [Places, Places];
}

function along(
  call: OpCall,
  ends: readonly [Value, Value],
  lengths: { readonly from: number; readonly to: number },
): Places {
  const { b } = call;
  const place = placeOf(b, ends, lengths);
  const last = b.splat(lengths.from - 1, place), none = b.splat(0, place);
  const nearest = call.text("method", "bilinear") === "nearest";
  const floor = b.elementwise(nearest ? "round_nearest_afz" : "floor", [place]);
  const ceiling = nearest ? floor : b.elementwise("ceil", [place]);
  const pixel = (x: Value) => b.convert(b.elementwise("clamp", [none, x, last]), "i32");
  return {
    low: pixel(floor),
    high: pixel(ceiling),
    share: b.elementwise("subtract", [place, floor]),
    inside: b.elementwise("and", [b.compare("GE", [place, none]), b.compare("LE", [place, last])]),
  };
}

/**
 * The places of a box's pixels along an axis, rounded at every step as TensorFlow's kernel rounds: a place a hair beyond the last
 * pixel is outside, and its whole row of the crop with it.
 */
function placeOf(
  b: Builder,
  [start, end]: readonly [Value, Value],
  { from, to }: { readonly from: number; readonly to: number },
): Value {
  const shape = [start.shape[0]!, to];
  const last = b.splat(from - 1, start);
  if (to === 1) {
    const middle = b.elementwise("multiply", [
      b.elementwise("add", [start, end]),
      b.splat(0.5, start),
    ]);
    return b.reshape(b.elementwise("multiply", [middle, last]), shape);
  }
  const divisor = unseen(b, b.splat(to - 1, start));
  const span = b.elementwise("multiply", [b.elementwise("subtract", [end, start]), last]);
  const step = b.elementwise("divide", [span, divisor]);
  const steps = b.elementwise("multiply", [
    b.broadcast(step, shape, [0]),
    b.iota({ shape, element: "f32" }, 1),
  ]);
  const first = b.broadcast(b.elementwise("multiply", [start, last]), shape, [0]);
  return b.elementwise("add", [rounded(b, first), rounded(b, steps)]);
}

/** A number that XLA does not look at: it would multiply by one part of a known divisor, which rounds otherwise. */
function unseen(b: Builder, x: Value): Value {
  return b.result(`stablehlo.optimization_barrier ${x.name} : ${typeText(x)}`, x);
}

/** A product, rounded before it is added to another: a compiler would else fuse both, but for a bound that it cannot see is idle. */
function rounded(b: Builder, product: Value): Value {
  return b.elementwise("minimum", [product, b.splat(3e38, product)]);
}

function blend(b: Builder, [first, second]: readonly [Value, Value], share: Value): Value {
  const difference = b.elementwise("subtract", [second, first]);
  return b.elementwise("add", [first, b.elementwise("multiply", [difference, share])]);
}

/** The channels of pixels, as float32, by their image, row and column `[…, 3]`. */
function pixelsAt(b: Builder, images: Value, at: Value): Value {
  const places = at.shape.slice(0, -1), vector = places.length;
  const output = { shape: [...places, images.shape[3]!], element: images.element };
  return b.convert(
    gather(b, [images, at], { output, offset: [vector], indexed: [0, 1, 2], vector }),
    "f32",
  );
}
