import { fromFirst, withLength } from "@/lib/tensor/stablehlo/axes.ts";
import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { stridedRanges } from "@/lib/tensor/stablehlo/strided_ranges.ts";

/** Parts of x that lie one after another along an axis. */
function parts(b: Builder, x: Value, along: { axis: number; sizes: readonly number[] }): Value[] {
  const { axis, sizes } = along;
  let from = 0;
  return sizes.map((size) => {
    const start = withLength(x.shape.map(() => 0), axis, from);
    from += size;
    return b.slice(x, { start, limit: withLength(x.shape, axis, from) });
  });
}

/** @param place Which input is split, and which says along what axis. */
const split = (place: { x: number; axis: number }): Lowering => ({ b, input, known, outputs }) => {
  const x = input(place.x);
  const [axis] = fromFirst(known(place.axis), x.shape.length);
  return parts(b, x, { axis: axis!, sizes: outputs.map(({ shape }) => shape[axis!]!) });
};

function paddings(call: OpCall): { before: number[]; after: number[] } {
  const flat = call.known(1);
  return {
    before: flat.filter((_, i) => i % 2 === 0),
    after: flat.filter((_, i) => i % 2 === 1),
  };
}

/** Ops that cut tensors or put an edge around them. */
export const slices = {
  MirrorPad: (call) => {
    const { b, input } = call, { before, after } = paddings(call);
    // "REFLECT" does not repeat the outermost element, "SYMMETRIC" does.
    const skip = call.text("mode") === "REFLECT" ? 1 : 0;
    return input(0).shape.reduce((x, length, axis) => {
      const mirrored = (from: number, to: number) => {
        const start = withLength(x.shape.map(() => 0), axis, from);
        return b.reverse(b.slice(x, { start, limit: withLength(x.shape, axis, to) }), [axis]);
      };
      const [low, high] = [before[axis]!, after[axis]!];
      return b.concatenate([
        ...(low > 0 ? [mirrored(skip, skip + low)] : []),
        x,
        ...(high > 0 ? [mirrored(length - skip - high, length - skip)] : []),
      ], axis);
    }, input(0));
  },
  Pad: (call) => call.b.pad(call.input(0), paddings(call)),
  PadV2: (call) => call.b.pad(call.input(0), { ...paddings(call), value: call.input(2) }),
  Slice: ({ b, input, known, output }) => {
    const start = known(1);
    return b.slice(input(0), { start, limit: start.map((from, i) => from + output.shape[i]!) });
  },
  Split: split({ axis: 0, x: 1 }),
  SplitV: split({ x: 0, axis: 2 }),
  StridedSlice: (call) => {
    const { b, input, output } = call;
    const { cut, reversed } = stridedRanges(call);
    return b.reshape(b.slice(b.reverse(input(0), reversed), cut), output.shape);
  },
  Unpack: (call) => {
    const { b, input, outputs } = call, x = input(0);
    const [axis] = fromFirst([call.number("axis", 0)], x.shape.length);
    return parts(b, x, { axis: axis!, sizes: outputs.map(() => 1) }).map((part, i) =>
      b.reshape(part, outputs[i]!.shape)
    );
  },
} satisfies Record<string, Lowering>;
