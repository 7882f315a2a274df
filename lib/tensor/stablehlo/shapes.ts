import { sizeOf } from "@/lib/tensor/data_types.ts";
import { fromFirst } from "@/lib/tensor/stablehlo/axes.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";

const reshape: Lowering = ({ b, input, output }) => b.reshape(input(0), output.shape);

/** Ops that lay a tensor out anew, or fill one. */
export const shapes = {
  BroadcastTo: ({ b, input, output }) => b.broadcast(input(0), output.shape),
  ConcatV2: ({ b, inputs, known, count, output }) => {
    const [axis] = fromFirst(known(count - 1), output.shape.length);
    return b.concatenate(inputs.slice(0, -1), axis!);
  },
  // Of a tensor's elements, in a square of its shape twice.
  Diag: ({ b, input, output }) => {
    const x = input(0), n = sizeOf(x.shape);
    const square = { shape: [n, n], element: "i32" } as const;
    const diagonal = b.compare("EQ", [b.iota(square, 0), b.iota(square, 1)]);
    const rows = b.broadcast(b.reshape(x, [n]), [n, n]);
    return b.reshape(b.select(diagonal, [rows, b.splat(0, rows)]), output.shape);
  },
  ExpandDims: reshape,
  Fill: ({ b, input, output }) => b.broadcast(input(1), output.shape),
  LinSpace: ({ b, known, output }) => {
    const [start] = known(0), [stop] = known(1), [count] = known(2);
    const place = b.iota(output, 0);
    const step = b.splat(count === 1 ? 0 : (stop! - start!) / (count! - 1), output);
    const way = b.elementwise("add", [
      b.splat(start!, output),
      b.elementwise("multiply", [place, step]),
    ]);
    // The last is stop itself, and not what the steps add up to.
    const last = b.compare("LT", [place, b.splat(count! - 1, output)]);
    return count === 1 ? way : b.select(last, [way, b.splat(stop!, output)]);
  },
  Pack: (call) => {
    const { b, inputs, output } = call;
    const [axis] = fromFirst([call.number("axis", 0)], output.shape.length);
    const single = output.shape.map((length, i) => i === axis ? 1 : length);
    return b.concatenate(inputs.map((x) => b.reshape(x, single)), axis!);
  },
  Range: ({ b, input, output }) => {
    const [start, step] = [
      b.broadcast(input(0), output.shape),
      b.broadcast(input(2), output.shape),
    ];
    return b.elementwise("add", [start, b.elementwise("multiply", [b.iota(output, 0), step])]);
  },
  Reshape: reshape,
  ReverseV2: ({ b, input, known }) =>
    b.reverse(input(0), fromFirst(known(1), input(0).shape.length)),
  Squeeze: reshape,
  Tile: ({ b, input, known, output }) => {
    const x = input(0), times = known(1);
    const repeated = x.shape.flatMap((length, i) => [times[i]!, length]);
    return b.reshape(b.broadcast(x, repeated, x.shape.map((_, i) => 2 * i + 1)), output.shape);
  },
  Transpose: ({ b, input, known }) => b.transpose(input(0), known(1)),
} satisfies Record<string, Lowering>;
