import { sizeOf } from "@/lib/tensor/data_types.ts";
import { fromFirst } from "@/lib/tensor/stablehlo/axes.ts";
import { type Builder, folding, type Value } from "@/lib/tensor/stablehlo/builder.ts";
import { inFloat32 } from "@/lib/tensor/stablehlo/in_float32.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { type ElementType, isFloat, signature } from "@/lib/tensor/stablehlo/types.ts";

/** The least and the largest number of a type. */
const LIMITS: Readonly<Record<ElementType, readonly [number, number]>> = {
  f32: [-Infinity, Infinity],
  bf16: [-Infinity, Infinity],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  // No one reduces int64, and the largest is no number of JavaScript: this is the nearest.
  i64: [-(2 ** 63), 2 ** 63 - 1024],
  ui8: [0, 255],
  i1: [0, 1],
};

function axesOf({ known, input }: OpCall): number[] {
  return [...new Set(fromFirst(known(1), input(0).shape.length))];
}

const folded =
  (name: string, initial: number | ((element: ElementType) => number)): Lowering => (call) => {
    const { b, input, output } = call;
    const reduced = inFloat32(b, input(0), (x) => {
      const first = typeof initial === "number" ? initial : initial(x.element);
      return b.reduce(name, x, { axes: axesOf(call), initial: first });
    });
    return b.reshape(reduced, output.shape);
  };

/** The place of the first element that is the most, by `maximum` or `minimum`; what is no number never is. */
const place = (name: "maximum" | "minimum"): Lowering => ({ b, input, known, output }) => {
  const given = input(0);
  const [axis] = fromFirst(known(1), given.shape.length);
  const last = LIMITS[given.element][name === "maximum" ? 0 : 1];
  const x = isFloat(given.element)
    ? b.select(b.compare("EQ", [given, given]), [given, b.splat(last, given)])
    : given;
  const most = b.reduce(name, x, { axes: [axis!], initial: last });
  const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const there = b.compare("EQ", [x, b.broadcast(most, x.shape, others)]);
  const places = b.iota({ shape: x.shape, element: "i32" }, axis!);
  const candidates = b.select(there, [places, b.splat(x.shape[axis!]!, places)]);
  const found = b.reduce("minimum", candidates, { axes: [axis!], initial: x.shape[axis!]! });
  return b.convert(found, output.element);
};

/** Along an axis, each element folded with all before it. */
const running = (name: string, initial: number): Lowering => (call) => {
  const { b, input, known } = call;
  const [axis] = fromFirst(known(1), input(0).shape.length);
  const options = {
    name,
    axis: axis!,
    initial,
    exclusive: call.flag("exclusive", false),
  };
  const reverse = call.flag("reverse", false) ? [axis!] : [];
  return inFloat32(
    b,
    input(0),
    (x) => b.reverse(window(b, b.reverse(x, reverse), options), reverse),
  );
};

function window(
  b: Builder,
  x: Value,
  fold: { name: string; axis: number; initial: number; exclusive: boolean },
): Value {
  const { name, axis, initial, exclusive } = fold;
  const length = x.shape[axis]!;
  if (length === 0) return x;
  const at = (value: number, others: number) => x.shape.map((_, i) => i === axis ? value : others);
  const start = b.splat(initial, { shape: [], element: x.element });
  const low = at(exclusive ? length : length - 1, 0), high = at(exclusive ? -1 : 0, 0);
  const padding = low.map((before, i) => `[${before}, ${high[i]}]`).join(", ");
  return b.result(
    `"stablehlo.reduce_window"(${x.name}, ${start.name}) <{` +
      `window_dimensions = array<i64: ${at(length, 1).join(", ")}>, ` +
      `padding = dense<[${padding}]> : tensor<${x.shape.length}x2xi64>}> ` +
      `(${folding(name, x.element)}) : ${signature([x, start], [x])}`,
    x,
  );
}

/** Softmax or its logarithm, over the last axis. */
const softmax = (logarithm: boolean): Lowering => ({ b, input }) =>
  inFloat32(b, input(0), (x) => {
    const axis = x.shape.length - 1, others = x.shape.slice(0, -1).map((_, i) => i);
    const over = (name: string, values: Value, initial: number) =>
      b.broadcast(b.reduce(name, values, { axes: [axis], initial }), x.shape, others);
    const below = b.elementwise("subtract", [x, over("maximum", x, -Infinity)]);
    const powers = b.elementwise("exponential", [below]);
    const sum = over("add", powers, 0);
    return logarithm
      ? b.elementwise("subtract", [below, b.elementwise("log", [sum])])
      : b.elementwise("divide", [powers, sum]);
  });

/** Ops that fold axes away, or along them. */
export const reductions = {
  All: folded("and", 1),
  Any: folded("or", 0),
  ArgMax: place("maximum"),
  ArgMin: place("minimum"),
  Cumprod: running("multiply", 1),
  Cumsum: running("add", 0),
  LogSoftmax: softmax(true),
  Max: folded("maximum", (element) => LIMITS[element][0]),
  Mean: (call) => {
    const { b, input, output } = call;
    const mean = inFloat32(b, input(0), (x) => {
      const sum = b.reduce("add", x, { axes: axesOf(call), initial: 0 });
      return b.elementwise("divide", [sum, b.splat(sizeOf(x.shape) / sizeOf(sum.shape), sum)]);
    });
    return b.reshape(mean, output.shape);
  },
  Min: folded("minimum", (element) => LIMITS[element][1]),
  Prod: folded("multiply", 1),
  Softmax: softmax(false),
  Sum: folded("add", 0),
} satisfies Record<string, Lowering>;
