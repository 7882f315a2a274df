import { fromFirst } from "@/lib/tensor/stablehlo/axes.ts";
import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";
import { signature, type TensorType } from "@/lib/tensor/stablehlo/types.ts";

/** The numbers from `from` to before `to`. */
function span(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** How `stablehlo.gather` reads its operands. */
export interface Gathering {
  readonly output: TensorType;
  /** Axes of the output that come from x. */
  readonly offset: readonly number[];
  /** Axes of x that an index points into. */
  readonly indexed: readonly number[];
  /** The first so many axes of both go together. */
  readonly batch?: number;
  /** The axis of the indices along which the numbers of one index lie. */
  readonly vector: number;
}

/** Parts of a tensor by indices into it. */
export function gather(b: Builder, [x, indices]: readonly [Value, Value], how: Gathering): Value {
  const { output, offset, indexed, batch = 0, vector } = how;
  const sizes = x.shape.map((length, i) => i < batch || indexed.includes(i) ? 1 : length);
  const together = batch === 0
    ? ""
    : `operand_batching_dims = [${span(0, batch)}], start_indices_batching_dims = [${
      span(0, batch)
    }], `;
  return b.result(
    `"stablehlo.gather"(${x.name}, ${indices.name}) <{dimension_numbers = #stablehlo.gather<` +
      `offset_dims = [${offset}], collapsed_slice_dims = [${indexed}], ${together}` +
      `start_index_map = [${indexed}], index_vector_dim = ${vector}>, ` +
      `slice_sizes = array<i64: ${sizes.join(", ")}>, indices_are_sorted = false}> : ` +
      signature([x, indices], [output]),
    output,
  );
}

/**
 * Ops that take parts of a tensor by indices. A device cannot refuse an index that is out of bounds, as TensorFlow does: it
 * takes the nearest that there is. `OneHot` gives a row without a one for it, as TensorFlow does.
 */
export const gathers = {
  GatherNd: ({ b, input, output }) => {
    const [x, indices] = [input(0), input(1)];
    const rank = indices.shape.length, depth = indices.shape[rank - 1]!;
    return gather(b, [x, indices], {
      output,
      offset: span(rank - 1, output.shape.length),
      indexed: span(0, depth),
      vector: rank - 1,
    });
  },
  GatherV2: (call) => {
    const { b, input, known, output } = call;
    const [x, indices] = [input(0), input(1)];
    const rank = indices.shape.length;
    const [axis] = fromFirst(known(2), x.shape.length);
    const [batch] = fromFirst([call.number("batch_dims", 0)], rank);
    const after = axis! + rank - batch!;
    return gather(b, [x, indices], {
      output,
      offset: [...span(batch!, axis!), ...span(after, output.shape.length)],
      indexed: [axis!],
      batch: batch!,
      vector: rank,
    });
  },
  OneHot: (call) => {
    const { b, input, output } = call, { shape } = output;
    const [axis] = fromFirst([call.number("axis", -1)], shape.length);
    const indices = input(0);
    const others = span(0, shape.length).filter((i) => i !== axis);
    const wide = b.broadcast(indices, shape, others);
    const hot = b.compare("EQ", [wide, b.iota(wide, axis!)]);
    return b.select(hot, [b.broadcast(input(2), shape), b.broadcast(input(3), shape)]);
  },
} satisfies Record<string, Lowering>;
