import { sizeOf } from "@/lib/tensor/data_types.ts";
import { fromFirst } from "@/lib/tensor/stablehlo/axes.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";

const reshape: Lowering = ({ b, input, output }) => b.reshape(input(0), output.shape);

/** Ops that lay a tensor out anew, or fill one. */
export const shapes = {
  BatchToSpaceND: ({ b, input, known, output }) => {
    const x = input(0), block = known(1), crops = known(2), rank = block.length;
    const axes = block.map((_, i) => i);
    const batch = x.shape[0]! / block.reduce((product, side) => product * side, 1);
    const blocks = b.reshape(x, [...block, batch, ...x.shape.slice(1)]);
    // [batch, axis, block, axis, block, …, rest]
    const woven = b.transpose(blocks, [
      rank,
      ...axes.flatMap((i) => [rank + 1 + i, i]),
      ...x.shape.slice(rank + 1).map((_, i) => 2 * rank + 1 + i),
    ]);
    const whole = b.reshape(woven, [
      batch,
      ...axes.map((i) => x.shape[i + 1]! * block[i]!),
      ...x.shape.slice(rank + 1),
    ]);
    const start = whole.shape.map((_, i) => i > 0 && i <= rank ? crops[2 * (i - 1)]! : 0);
    return b.slice(whole, { start, limit: start.map((from, i) => from + output.shape[i]!) });
  },
  BroadcastTo: ({ b, input, output }) => b.broadcast(input(0), output.shape),
  ConcatV2: ({ b, input, known, count, output }) => {
    const [axis] = fromFirst(known(count - 1), output.shape.length);
    return b.concatenate(Array.from({ length: count - 1 }, (_, i) => input(i)), axis!);
  },
  DepthToSpace: (call) => {
    const { b, input, output } = call, side = call.number("block_size");
    if (call.text("data_format", "NHWC") !== "NHWC") {
      throw new Error("Cannot compile DepthToSpace: channels must come last (NHWC)");
    }
    const [batch, rows, columns] = input(0).shape;
    const blocks = b.reshape(input(0), [batch!, rows!, columns!, side, side, output.shape[3]!]);
    return b.reshape(b.transpose(blocks, [0, 1, 3, 2, 4, 5]), output.shape);
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
  SpaceToBatchND: ({ b, input, known, output }) => {
    const block = known(1), paddings = known(2), rank = block.length;
    const axes = block.map((_, i) => i);
    const edge = (side: number) =>
      input(0).shape.map((_, i) => i > 0 && i <= rank ? paddings[2 * (i - 1) + side]! : 0);
    const x = b.pad(input(0), { before: edge(0), after: edge(1) });
    const rest = x.shape.slice(rank + 1);
    const blocks = b.reshape(x, [
      x.shape[0]!,
      ...axes.flatMap((i) => [x.shape[i + 1]! / block[i]!, block[i]!]),
      ...rest,
    ]);
    // [block, …, batch, axis, …, rest]
    const apart = b.transpose(blocks, [
      ...axes.map((i) => 2 + 2 * i),
      0,
      ...axes.map((i) => 1 + 2 * i),
      ...rest.map((_, i) => 2 * rank + 1 + i),
    ]);
    return b.reshape(apart, output.shape);
  },
  Tile: ({ b, input, known, output }) => {
    const x = input(0), times = known(1);
    const repeated = x.shape.flatMap((length, i) => [times[i]!, length]);
    return b.reshape(b.broadcast(x, repeated, x.shape.map((_, i) => 2 * i + 1)), output.shape);
  },
  Transpose: ({ b, input, known }) => b.transpose(input(0), known(1)),
} satisfies Record<string, Lowering>;
