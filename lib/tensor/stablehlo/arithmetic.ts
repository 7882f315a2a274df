import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import type { Value } from "@/lib/tensor/stablehlo/builder.ts";

/** The two inputs, brought to the shape of the result. */
function broadcastTwo({ b, input, output }: OpCall): readonly [Value, Value] {
  return [b.broadcast(input(0), output.shape), b.broadcast(input(1), output.shape)];
}

const simple = (name: string): Lowering => (call) => call.b.elementwise(name, broadcastTwo(call));

/** Ops of two tensors, which broadcast to one shape. */
export const arithmetic = {
  Add: simple("add"),
  AddV2: simple("add"),
  Sub: simple("subtract"),
  Mul: simple("multiply"),
} satisfies Record<string, Lowering>;
