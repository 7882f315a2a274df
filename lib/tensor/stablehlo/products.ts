import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { highest } from "@/lib/tensor/stablehlo/precision.ts";
import { signature } from "@/lib/tensor/stablehlo/types.ts";

/** Products of matrices, and of batches of them. bfloat16 is summed in float32 on every device. */
export const products = {
  MatMul: (call) =>
    product(call, [call.flag("transpose_a", false), call.flag("transpose_b", false)]),
  BatchMatMulV2: (call) => product(call, [call.flag("adj_x", false), call.flag("adj_y", false)]),
} satisfies Record<string, Lowering>;

function product({ b, output, input }: OpCall, [turnX, turnY]: readonly [boolean, boolean]): Value {
  const batch = output.shape.slice(0, -2);
  // TensorFlow repeats the matrices of the smaller batch, as NumPy does.
  const repeated = (x: Value) => b.broadcast(x, [...batch, ...x.shape.slice(-2)]);
  const rank = output.shape.length;
  const axes = batch.map((_, axis) => axis);
  return dot(b, [repeated(input(0)), repeated(input(1))], {
    batch: [axes, axes],
    over: [[turnX ? rank - 2 : rank - 1], [turnY ? rank - 1 : rank - 2]],
  });
}

/**
 * Sums of products of two tensors of one type.
 *
 * @param axes Of each tensor: those that are paired, and those that are summed over.
 * @returns The paired axes, then those of the first that are left, then those of the second.
 */
export function dot(
  b: Builder,
  [x, y]: readonly [Value, Value],
  axes: {
    readonly batch?: readonly [readonly number[], readonly number[]];
    readonly over: readonly [readonly number[], readonly number[]];
  },
): Value {
  const { batch = [[], []], over } = axes;
  const left = (value: Value, i: 0 | 1) =>
    value.shape.filter((_, axis) => !batch[i].includes(axis) && !over[i].includes(axis));
  const shape = [...batch[0].map((axis) => x.shape[axis]!), ...left(x, 0), ...left(y, 1)];
  const type = { shape, element: x.element };
  const pairs = ([ofX, ofY]: readonly (readonly number[])[]) => `[${ofX}] x [${ofY}]`;
  const paired = batch[0].length > 0 ? `batching_dims = ${pairs(batch)}, ` : "";
  return b.result(
    `stablehlo.dot_general ${x.name}, ${y.name}, ${paired}contracting_dims = ${pairs(over)}` +
      `${highest(x.element, "clause")} : ${signature([x, y], [type])}`,
    type,
  );
}
