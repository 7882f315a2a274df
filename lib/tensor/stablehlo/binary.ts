import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { isFloat } from "@/lib/tensor/stablehlo/types.ts";

type Pair = readonly [Value, Value];

/** The two inputs, brought to the shape of the result. */
function pair({ b, input, output }: OpCall): Pair {
  return [b.broadcast(input(0), output.shape), b.broadcast(input(1), output.shape)];
}

const simple = (name: string): Lowering => (call) => call.b.elementwise(name, pair(call));

const relation = (name: "EQ" | "NE" | "LT" | "LE" | "GT" | "GE"): Lowering => (call) =>
  call.b.compare(name, pair(call));

const made = (f: (operands: Pair, b: Builder) => Value): Lowering => (call) =>
  f(pair(call), call.b);

/** Where two numbers are on different sides of zero, which is on none. */
function differInSign(b: Builder, [x, y]: Pair): Value {
  const below = (value: Value) => b.compare("LT", [value, b.splat(0, value)]);
  return b.compare("NE", [below(x), below(y)]);
}

/** The remainder of a division that rounds down; it has the divisor's sign. */
function floorMod([x, y]: Pair, b: Builder): Value {
  const rest = b.elementwise("remainder", [x, y]);
  const inexact = b.compare("NE", [rest, b.splat(0, rest)]);
  const wrong = b.elementwise("and", [inexact, differInSign(b, [rest, y])]);
  return b.select(wrong, [b.elementwise("add", [rest, y]), rest]);
}

function floorDiv([x, y]: Pair, b: Builder): Value {
  const quotient = b.elementwise("divide", [x, y]);
  if (isFloat(x.element)) return b.elementwise("floor", [quotient]);
  const rest = b.elementwise("remainder", [x, y]);
  const inexact = b.compare("NE", [rest, b.splat(0, rest)]);
  const tooHigh = b.elementwise("and", [inexact, differInSign(b, [rest, y])]);
  return b.select(tooHigh, [
    b.elementwise("subtract", [quotient, b.splat(1, quotient)]),
    quotient,
  ]);
}

/** Ops of two tensors, element by element; the two broadcast to one shape. */
export const binary = {
  Add: simple("add"),
  AddN: ({ b, inputs }) => inputs.reduce((sum, x) => b.elementwise("add", [sum, x])),
  AddV2: simple("add"),
  Atan2: made(([y, x], b) => {
    const wide = y.element === "bf16" ? [b.convert(y, "f32"), b.convert(x, "f32")] : [y, x];
    return b.convert(b.elementwise("atan2", wide), y.element);
  }),
  // Of the gradient and what Elu gave.
  EluGrad: made(([dy, y], b) => {
    const slope = b.elementwise("add", [y, b.splat(1, y)]);
    const below = b.compare("LT", [y, b.splat(0, y)]);
    return b.select(below, [b.elementwise("multiply", [dy, slope]), dy]);
  }),
  Equal: relation("EQ"),
  FloorDiv: made(floorDiv),
  FloorMod: made(floorMod),
  Greater: relation("GT"),
  GreaterEqual: relation("GE"),
  Less: relation("LT"),
  LessEqual: relation("LE"),
  LogicalAnd: simple("and"),
  LogicalOr: simple("or"),
  Maximum: simple("maximum"),
  Minimum: simple("minimum"),
  Mul: simple("multiply"),
  NotEqual: relation("NE"),
  Pow: simple("power"),
  RealDiv: simple("divide"),
  // Of the gradient and what Relu was given, or what it gave.
  ReluGrad: made(([dy, x], b) =>
    b.select(b.compare("GT", [x, b.splat(0, x)]), [dy, b.splat(0, dy)])
  ),
  SquaredDifference: made((operands, b) => {
    const difference = b.elementwise("subtract", operands);
    return b.elementwise("multiply", [difference, difference]);
  }),
  Sub: simple("subtract"),
} satisfies Record<string, Lowering>;
