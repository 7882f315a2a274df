import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import type { Lowering, OpCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { isFloat, signature, typeText } from "@/lib/tensor/stablehlo/types.ts";
import { inFloat32 } from "@/lib/tensor/stablehlo/in_float32.ts";

const simple = (name: string): Lowering => ({ b, input }) => b.elementwise(name, [input(0)]);

/** A function that StableHLO has no op for, and the dialect above it has. */
const special = (name: string): Lowering => ({ b, input }) =>
  inFloat32(
    b,
    input(0),
    (x) => b.result(`chlo.${name} ${x.name} : ${typeText(x)} -> ${typeText(x)}`, x),
  );

/** A function of several steps, rounded to bfloat16 once, where x is that. */
const made = (f: (x: Value, b: Builder, call: OpCall) => Value): Lowering => (call) =>
  inFloat32(call.b, call.input(0), (x) => f(x, call.b, call));

/** A function that only floats need: whole numbers are what it gives. */
const ofFractions = (name: string): Lowering => ({ b, input }) =>
  isFloat(input(0).element) ? b.elementwise(name, [input(0)]) : input(0);

/** `scale x` above zero, `below (exp(x) - 1)` below: ELU and SELU. */
const exponentialUnit = (scale: number, below: number) =>
  made((x, b) => {
    const under = b.elementwise("multiply", [
      b.splat(below, x),
      b.elementwise("exponential_minus_one", [x]),
    ]);
    const over = scale === 1 ? x : b.elementwise("multiply", [b.splat(scale, x), x]);
    return b.select(b.compare("LT", [x, b.splat(0, x)]), [under, over]);
  });

/** Ops of one tensor, element by element. */
export const unary = {
  Abs: simple("abs"),
  Acos: special("acos"),
  Acosh: special("acosh"),
  Asin: special("asin"),
  Asinh: special("asinh"),
  // Not by atan2(x, 1), of which an XLA (that of the CPU plugin 0.11.2) makes wrong numbers.
  Atan: made((x, b) => {
    const two = b.splat(2, x);
    return b.elementwise("atan2", [b.elementwise("multiply", [x, two]), two]);
  }),
  Atanh: special("atanh"),
  Cast: ({ b, input, output }) => b.convert(input(0), output.element),
  Ceil: ofFractions("ceil"),
  Cos: simple("cosine"),
  Cosh: special("cosh"),
  Elu: exponentialUnit(1, 1),
  Erf: special("erf"),
  Exp: simple("exponential"),
  Expm1: simple("exponential_minus_one"),
  Floor: ofFractions("floor"),
  Identity: ({ input }) => input(0),
  IsFinite: ({ b, input, output }) => {
    const x = input(0);
    return b.result(`stablehlo.is_finite ${x.name} : ${signature([x], [output])}`, output);
  },
  IsInf: ({ b, input }) =>
    b.compare("EQ", [b.elementwise("abs", [input(0)]), b.splat(Infinity, input(0))]),
  IsNan: ({ b, input }) => b.compare("NE", [input(0), input(0)]),
  LeakyRelu: (call) => {
    const { b, input } = call, x = input(0);
    const under = b.elementwise("multiply", [b.splat(call.number("alpha", 0.2), x), x]);
    return b.select(b.compare("GT", [x, b.splat(0, x)]), [x, under]);
  },
  Log: simple("log"),
  Log1p: simple("log_plus_one"),
  LogicalNot: simple("not"),
  Neg: simple("negate"),
  OnesLike: ({ b, output }) => b.splat(1, output),
  Reciprocal: ({ b, input }) => b.elementwise("divide", [b.splat(1, input(0)), input(0)]),
  Relu: ({ b, input }) => b.elementwise("maximum", [input(0), b.splat(0, input(0))]),
  Relu6: ({ b, input }) =>
    b.elementwise("clamp", [b.splat(0, input(0)), input(0), b.splat(6, input(0))]),
  Round: ofFractions("round_nearest_even"),
  Rsqrt: simple("rsqrt"),
  // Klambauer et al. 2017.
  Selu: exponentialUnit(1.0507009873554805, 1.7580993408473766),
  Sigmoid: simple("logistic"),
  Sign: simple("sign"),
  Sin: simple("sine"),
  Sinh: special("sinh"),
  // log(1 + exp(x)), which must not overflow.
  Softplus: made((x, b) => {
    const size = b.elementwise("negate", [b.elementwise("abs", [x])]);
    const rest = b.elementwise("log_plus_one", [b.elementwise("exponential", [size])]);
    return b.elementwise("add", [b.elementwise("maximum", [x, b.splat(0, x)]), rest]);
  }),
  Sqrt: simple("sqrt"),
  Square: ({ b, input }) => b.elementwise("multiply", [input(0), input(0)]),
  Tan: special("tan"),
  Tanh: simple("tanh"),
  ZerosLike: ({ b, output }) => b.splat(0, output),
} satisfies Record<string, Lowering>;
