import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";

/** Ops that choose between two tensors by a condition. */
export const select = {
  // A condition of one axis chooses whole rows here.
  Select: ({ b, input, output }) => {
    const { shape } = output, condition = input(0);
    const rows = condition.shape.length === 1;
    const wide = rows ? b.broadcast(condition, shape, [0]) : b.broadcast(condition, shape);
    return b.select(wide, [input(1), input(2)]);
  },
  SelectV2: ({ b, input, output: { shape } }) =>
    b.select(b.broadcast(input(0), shape), [
      b.broadcast(input(1), shape),
      b.broadcast(input(2), shape),
    ]),
} satisfies Record<string, Lowering>;
