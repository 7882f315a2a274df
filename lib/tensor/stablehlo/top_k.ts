import type { Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { signature, typeText } from "@/lib/tensor/stablehlo/types.ts";

/**
 * The largest values of each row in falling order, and their places; of equal ones the first comes first. What is no number
 * counts as the largest.
 */
export const topK = {
  TopKV2: (call) => sorted(call),
} satisfies Record<string, Lowering>;

function sorted({ b, input, known, outputs }: OpCall): Value[] {
  const given = input(0), axis = given.shape.length - 1, zero = b.splat(0, given);
  // For XLA's own top-k zero is more than minus zero.
  const x = b.select(b.compare("EQ", [given, zero]), [zero, given]);
  const [k] = known(1) as [number];
  const places = b.iota({ shape: x.shape, element: "i32" }, axis);
  const one = typeText({ shape: [], element: x.element }),
    place = typeText({ shape: [], element: "i32" });
  // Stable, so that places of equal values keep their order.
  const order = b.results(
    `"stablehlo.sort"(${x.name}, ${places.name}) <{dimension = ${axis} : i64, is_stable = true}> ` +
      `({ ^bb0(%a: ${one}, %b: ${one}, %i: ${place}, %j: ${place}): ` +
      `%c = stablehlo.compare GT, %a, %b : (${one}, ${one}) -> tensor<i1> ` +
      `stablehlo.return %c : tensor<i1> }) : ${signature([x, places], [x, places])}`,
    [x, places],
  );
  const cut = { start: x.shape.map(() => 0), limit: [...x.shape.slice(0, -1), k] };
  return order.map((value, i) => b.convert(b.slice(value, cut), outputs[i]!.element));
}
