import * as tf from "@tensorflow/tfjs";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

const both = ["float32", "bfloat16"] as const;

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** Shapes that broadcast to one: axes are 1 or missing in one of two or in none. */
function twoShapes(draw: Draw): readonly [number[], number[]] {
  const shape = [draw.length(), draw.length(), draw.length()];
  const some = () =>
    shape.map((length) => draw.among([length, length, 1])).slice(draw.integer(0, 3));
  return draw.among([[shape, some()] as const, [some(), shape] as const]);
}

const anywhere: readonly Unary[] = [
  tf.abs,
  tf.asinh,
  tf.atan,
  tf.cos,
  tf.elu,
  tf.erf,
  tf.exp,
  tf.expm1,
  tf.leakyRelu,
  tf.logSigmoid,
  tf.neg,
  tf.relu,
  tf.relu6,
  tf.selu,
  tf.sigmoid,
  tf.sin,
  tf.sinh,
  tf.cosh,
  tf.softplus,
  tf.square,
  tf.tanh,
  (x) => tf.clipByValue(x, -0.5, 0.7),
];

for (
  const [group, functions] of [["first", anywhere.slice(0, 11)], [
    "second",
    anywhere.slice(11),
  ]] as const
) {
  testOp(`the ${group} functions of any number, with their gradients,`, (draw) => ({
    inputs: [draw.normal([draw.length(), 17])],
    run: (x: tf.Tensor) => functions.map((f) => f(x)),
  }), { gradients: true, tolerance: 3e-5 });
}

testOp("the functions of numbers above zero, with their gradients,", (draw) => ({
  inputs: [tf.add(0.2, tf.square(draw.normal([draw.length(), 17])))],
  run: (x: tf.Tensor) => [tf.log, tf.log1p, tf.reciprocal, tf.rsqrt, tf.sqrt].map((f) => f(x)),
}), { gradients: true, tolerance: 3e-5 });

testOp("the functions of numbers from -1 to 1, and above 1,", (draw) => ({
  inputs: [tf.mul(0.95, tf.sin(draw.normal([50])))],
  run: (x: tf.Tensor) => [tf.acos(x), tf.asin(x), tf.atanh(x), tf.tan(x), tf.acosh(tf.add(2, x))],
}), { tolerance: 3e-5 });

testOp("the kernels of one tensor", (draw) => ({
  inputs: [draw.normal([draw.length(), 50])],
  run: (x: tf.Tensor) =>
    [
      "Abs",
      "Atan",
      "Elu",
      "Erf",
      "Exp",
      "Neg",
      "Relu",
      "Relu6",
      "Selu",
      "Sigmoid",
      "Softplus",
      "Tanh",
    ]
      .map((name) => runOp(name, [x], { attributes: [typeAttribute("T", "float32")] })[0]!),
}), { precisions: both });

testOp("functions of numbers that are no usual ones", () => ({
  inputs: [
    tf.tensor1d([
      0,
      -0,
      1,
      -1,
      0.5,
      -0.5,
      1.5,
      2.5,
      -2.5,
      100,
      -100,
      1e-30,
      NaN,
      Infinity,
      -Infinity,
    ]),
  ],
  run: (x: tf.Tensor) => [
    ...[tf.ceil, tf.floor, tf.round, tf.sign, tf.step, tf.relu, tf.softplus, tf.sigmoid].map((f) =>
      f(x)
    ),
    ...[tf.isFinite, tf.isInf, tf.isNaN].map((f) => tf.cast(f(x), "int32")),
    tf.cast(tf.cast(x, "bool"), "int32"),
    tf.zerosLike(x),
    tf.onesLike(x),
  ],
}));

testOp("casts", (draw) => ({
  inputs: [tf.mul(5, draw.normal([30])), draw.integers([30], 3)],
  run: (x: tf.Tensor, i: tf.Tensor) => [
    tf.cast(x, "int32"),
    tf.cast(i, "float32"),
    tf.cast(tf.cast(i, "bool"), "float32"),
  ],
}));

testOp("the operations of two tensors that broadcast, with their gradients,", (draw) => {
  const [left, right] = twoShapes(draw);
  const operations: readonly Binary[] = [tf.add, tf.sub, tf.mul, tf.div, tf.atan2];
  return {
    inputs: [draw.normal(left), tf.add(0.5, tf.square(draw.normal(right)))],
    run: (x: tf.Tensor, y: tf.Tensor) => [
      ...operations.map((f) => f(x, y)),
      tf.pow(tf.add(0.5, tf.square(x)), y),
    ],
  };
}, { gradients: true, tolerance: 3e-5 });

testOp("the kernels of two tensors that broadcast", (draw) => {
  const [left, right] = twoShapes(draw);
  return {
    inputs: [draw.normal(left), draw.normal(right)],
    run: (x: tf.Tensor, y: tf.Tensor) =>
      ["AddV2", "Sub", "Mul", "RealDiv", "Maximum", "Minimum", "SquaredDifference"]
        .map((name) => runOp(name, [x, y], { attributes: [typeAttribute("T", "float32")] })[0]!),
  };
}, { precisions: both });

testOp("maximum, minimum and the squared difference, with their gradients,", (draw) => {
  const shape = [draw.length(), draw.length()];
  return {
    inputs: [draw.normal(shape), draw.normal(shape)],
    run: (x: tf.Tensor, y: tf.Tensor) => [
      tf.maximum(x, y),
      tf.minimum(x, y),
      tf.squaredDifference(x, y),
      tf.addN([x, y, x]),
    ],
  };
}, { gradients: true });

testOp("ReluGrad and EluGrad", (draw) => {
  const shape = [draw.length(), draw.length()];
  return {
    inputs: [draw.normal(shape), draw.normal(shape)],
    run: (dy: tf.Tensor, x: tf.Tensor) => {
      const attributes = [typeAttribute("T", "float32")];
      return ["ReluGrad", "EluGrad"].map((name) => runOp(name, [dy, x], { attributes })[0]!);
    },
  };
}, { precisions: both });

testOp("comparisons of floats and of integers", (draw) => {
  const [left, right] = twoShapes(draw);
  return {
    inputs: [draw.integers(left, 3), draw.integers(right, 3)],
    run: (x: tf.Tensor, y: tf.Tensor) =>
      [tf.equal, tf.notEqual, tf.less, tf.lessEqual, tf.greater, tf.greaterEqual].flatMap((f) => [
        tf.cast(f(x, y), "int32"),
        tf.cast(f(tf.cast(x, "float32"), tf.cast(y, "float32")), "int32"),
      ]),
  };
});

testOp("logic", (draw) => {
  const [left, right] = twoShapes(draw);
  return {
    inputs: [draw.integers(left, 2), draw.integers(right, 2)],
    run: (x: tf.Tensor, y: tf.Tensor) => {
      const [a, b] = [tf.cast(x, "bool"), tf.cast(y, "bool")];
      return [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalXor(a, b), tf.logicalNot(a)]
        .map((truth) => tf.cast(truth, "int32"));
    },
  };
});

testOp("integers, and divisions that round down, on both sides of zero,", () => ({
  inputs: [
    tf.tensor1d([7, -7, 7, -7, 6, -6, 0, 5, -5, 3], "int32"),
    tf.tensor1d([2, 2, -2, -2, 3, 3, 4, 5, -5, -4], "int32"),
  ],
  run: (x: tf.Tensor, y: tf.Tensor) => {
    const [a, b] = [tf.cast(x, "float32"), tf.cast(y, "float32")];
    return [
      ...[tf.floorDiv, tf.mod].flatMap((f) => [f(x, y), f(a, b), f(a, tf.mul(0.75, b))]),
      ...[tf.add, tf.sub, tf.mul, tf.maximum, tf.squaredDifference].map((f) => f(x, y)),
      ...[tf.abs, tf.neg, tf.sign, tf.square].map((f) => f(x)),
      tf.pow(x, tf.abs(y)),
    ];
  },
}));

testOp("choices by a condition", (draw) => {
  const shape = [draw.length(), draw.length()];
  const attributes = [typeAttribute("T", "float32")];
  return {
    inputs: [draw.integers(shape, 2), draw.normal(shape), draw.normal(shape.slice(1))],
    run: (c: tf.Tensor, x: tf.Tensor, y: tf.Tensor) => {
      const condition = tf.cast(c, "bool");
      const rows = tf.reshape(tf.slice(condition, [0, 0], [shape[0]!, 1]), [shape[0]!]);
      const wide = tf.broadcastTo(y, shape);
      return [
        tf.where(condition, x, y),
        runOp("Select", [rows, x, wide], { attributes })[0]!,
        runOp("SelectV2", [condition, x, y], { attributes })[0]!,
      ];
    },
  };
});
