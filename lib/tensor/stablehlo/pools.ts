import { type Builder, folding, type Value } from "@/lib/tensor/stablehlo/builder.ts";
import { inFloat32 } from "@/lib/tensor/stablehlo/in_float32.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { signature } from "@/lib/tensor/stablehlo/types.ts";
import { type Axes, axesOf, type Edges, spread } from "@/lib/tensor/stablehlo/window.ts";

/** Pools of images `[batch, height, width, channels]`, and their gradients. */
export const pools = {
  MaxPool: (call) => {
    const image = call.input(0);
    return foldWindows(call.b, image, {
      name: "maximum",
      initial: -Infinity,
      axes: windowOf(call, image.shape),
      shape: call.output.shape,
    });
  },
  MaxPoolGrad: (call) => maxGradient(call),
  AvgPool: (call) => {
    const { b, output } = call;
    const image = call.input(0), axes = windowOf(call, image.shape);
    return inFloat32(b, image, (x) => {
      const sum = foldWindows(b, x, { name: "add", initial: 0, axes, shape: output.shape });
      return b.elementwise("divide", [sum, countsOf(b, axes, sum)]);
    });
  },
  AvgPoolGrad: (call) => averageGradient(call),
} satisfies Record<string, Lowering>;

/**
 * A pixel's gradient is that of the places whose maximum it is; of equal pixels the first of the window has it.
 *
 * As a sum over the taps of the window, each of which reads where its place lies: select_and_scatter, which says the same,
 * scatters on a GPU, in no fixed order or slowly.
 */
function maxGradient(call: OpCall): Value {
  const { b, output } = call;
  const image = call.input(0), pooled = call.input(1), gradient = call.input(2);
  const axes = windowOf(call, image.shape);
  const taps = tapsOf(axes);
  const padded = b.pad(image, {
    ...frame(axes.map(({ padding }) => padding)),
    value: b.splat(-Infinity, { shape: [], element: image.element }),
  });
  const number = (tap: number) => b.splat(tap, { shape: pooled.shape, element: "i32" });
  // Which tap of its window each maximum is: they are asked from the last to the first, so that the first has the word.
  const which = taps.map((_, tap) => tap).reverse().slice(1).reduce(
    (later, tap) =>
      b.select(b.compare("EQ", [tapOf(b, padded, { tap: taps[tap]!, axes }), pooled]), [
        number(tap),
        later,
      ]),
    number(taps.length - 1),
  );
  const none = b.splat(0, gradient);
  const parts = taps.map((tap, i) => {
    const part = b.select(b.compare("EQ", [which, number(i)]), [gradient, none]);
    return b.pad(part, backTo(axes, tap));
  });
  const sum = parts.reduce((total, part) => b.elementwise("add", [total, part]));
  return b.convert(sum, output.element);
}

/** A pixel's gradient is a share of that of every place that it is in: a sum over a window, turned by half a turn. */
function averageGradient(call: OpCall): Value {
  const { b, output } = call;
  const axes = windowOf(call, output.shape);
  const [rows, columns] = axes.map(({ reach }) => ({ reach, stride: 1 }));
  return inFloat32(b, call.input(1), (gradient) => {
    const shares = b.elementwise("divide", [gradient, countsOf(b, axes, gradient)]);
    const apart = b.pad(shares, {
      ...frame(axes.map(({ length, reach, stride, places, padding: [before] }): Edges => [
        reach - 1 - before,
        length + before - spread(places, stride),
      ])),
      between: [0, axes[0].stride - 1, axes[1].stride - 1, 0],
    });
    return foldWindows(b, apart, {
      name: "add",
      initial: 0,
      axes: [rows!, columns!],
      shape: output.shape,
    });
  });
}

type Window = { readonly reach: number; readonly stride: number; readonly padding?: Edges };

/** Folds what lies in each place of a window. */
function foldWindows(
  b: Builder,
  x: Value,
  options: {
    readonly name: "add" | "maximum";
    readonly initial: number;
    readonly axes: readonly [Window, Window];
    readonly shape: readonly number[];
  },
): Value {
  const { name, initial, axes: [rows, columns], shape } = options;
  const start = b.splat(initial, { shape: [], element: x.element });
  const edges = [[0, 0], rows.padding ?? [0, 0], columns.padding ?? [0, 0], [0, 0]];
  const attributes = `padding = dense<[${edges.map((pair) => `[${pair}]`)}]> : tensor<4x2xi64>, ` +
    `window_dimensions = array<i64: 1, ${rows.reach}, ${columns.reach}, 1>, ` +
    `window_strides = array<i64: 1, ${rows.stride}, ${columns.stride}, 1>`;
  const type = { shape, element: x.element };
  return b.result(
    `"stablehlo.reduce_window"(${x.name}, ${start.name}) <{${attributes}}> ` +
      `(${folding(name, x.element)}) : ${signature([x, start], [type])}`,
    type,
  );
}

/** How many pixels of the image each place has in it, of the shape of the places. */
function countsOf(b: Builder, axes: Axes, places: Value): Value {
  const along = axes.map(({ length, reach, stride, places, padding: [before] }) =>
    Array.from({ length: places }, (_, i) => {
      const first = i * stride - before;
      return Math.min(length, first + reach) - Math.max(0, first);
    })
  );
  const counts = Float32Array.from(along[0]!.flatMap((rows) => along[1]!.map((n) => rows * n)));
  const shape = [along[0]!.length, along[1]!.length];
  const constant = b.constant(new Uint8Array(counts.buffer), { shape, element: "f32" });
  return b.broadcast(constant, places.shape, [1, 2]);
}

/** The pixels that a tap of the window meets, one a place. */
function tapOf(
  b: Builder,
  padded: Value,
  { tap, axes }: { readonly tap: readonly [number, number]; readonly axes: Axes },
): Value {
  const [batch, , , channels] = padded.shape as [number, number, number, number];
  const last = axes.map(({ stride, places }, i) => tap[i]! + spread(places, stride));
  return b.slice(padded, {
    start: [0, ...tap, 0],
    limit: [batch, ...last, channels],
    steps: [1, axes[0].stride, axes[1].stride, 1],
  });
}

/** The padding that puts what belongs to a tap back where the tap lies in the image, zeros elsewhere. */
function backTo(axes: Axes, tap: readonly [number, number]) {
  const edges = axes.map(({ length, stride, places, padding: [before] }, i): Edges => {
    const first = tap[i]! - before;
    return [first, length - first - spread(places, stride)];
  });
  return { ...frame(edges), between: [0, axes[0].stride - 1, axes[1].stride - 1, 0] };
}

function frame(edges: readonly Edges[]): { before: number[]; after: number[] } {
  return {
    before: [0, ...edges.map(([before]) => before), 0],
    after: [0, ...edges.map(([, after]) => after), 0],
  };
}

function tapsOf(axes: Axes): [number, number][] {
  const [rows, columns] = axes.map(({ reach }) => Array.from({ length: reach }, (_, i) => i));
  return rows!.flatMap((row) => columns!.map((column): [number, number] => [row, column]));
}

function windowOf(call: OpCall, image: readonly number[]): Axes {
  const [batch, height, width, channels] = call.numbers("ksize") as [
    number,
    number,
    number,
    number,
  ];
  if (batch !== 1 || channels !== 1) {
    throw new Error(
      `Cannot compile ${call.name} over a window of [${
        call.numbers("ksize")
      }]: only over height and width`,
    );
  }
  return axesOf(call, image, [height, width]);
}
