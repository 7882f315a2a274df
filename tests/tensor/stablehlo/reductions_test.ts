import * as tf from "@tensorflow/tfjs";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

type Reduce = (x: tf.Tensor, axes?: number[], keepDims?: boolean) => tf.Tensor;

function axesAndShape(draw: Draw) {
  const shape = [draw.length(), draw.length(), draw.length()];
  const axes = draw.among<number[] | undefined>([undefined, [0], [1, 2], [2], [0, 2], []]);
  return { shape, drawn: { axes, keepDims: draw.among([true, false]) } };
}

testOp("reductions, with their gradients,", (draw) => {
  const { shape, drawn } = axesAndShape(draw), { axes, keepDims } = drawn;
  const reductions: readonly Reduce[] = [tf.sum, tf.mean, tf.max, tf.min, tf.prod];
  return {
    inputs: [draw.normal(shape)],
    drawn,
    run: (x: tf.Tensor) => reductions.map((reduce) => reduce(x, axes, keepDims)),
  };
}, { gradients: true, tolerance: 3e-5 });

testOp("reductions of integers and of truths", (draw) => {
  const { shape, drawn } = axesAndShape(draw), { axes, keepDims } = drawn;
  return {
    inputs: [draw.integers(shape, 3)],
    drawn,
    run: (x: tf.Tensor) => [
      ...[tf.sum, tf.max, tf.min, tf.prod].map((reduce) => reduce(x, axes, keepDims)),
      ...[tf.all, tf.any].map((reduce) =>
        tf.cast(reduce(tf.cast(x, "bool"), axes, keepDims), "int32")
      ),
    ],
  };
});

testOp("sums, means and the most of many", (draw) => ({
  inputs: [draw.normal([draw.length(), 400])],
  run: (x: tf.Tensor) => [tf.sum(x, 1), tf.max(x, 1), tf.min(x, 1)],
}), { precisions: ["float32", "bfloat16"] });

testOp("sums of so many ones that bfloat16 would stop at 256", (draw) => ({
  inputs: [tf.ones([2000, draw.length()])],
  run: (x: tf.Tensor) => [tf.sum(x, 0)],
}), { precisions: ["bfloat16"] });

testOp("the places of the most and the least, of equal values the first", (draw) => {
  const shape = [draw.length(), draw.length(), draw.length()], axis = draw.integer(-1, 2);
  return {
    inputs: [draw.integers(shape, 3)],
    drawn: { axis },
    run: (x: tf.Tensor) =>
      [x, tf.cast(x, "float32")].flatMap((values) => [
        tf.argMax(values, axis),
        tf.argMin(values, axis),
      ]),
  };
});

testOp("the places of the most among values that are no numbers or infinite", () => ({
  inputs: [
    tf.tensor2d([
      [NaN, 1, 2],
      [1, NaN, 0],
      [NaN, NaN, NaN],
      [-Infinity, -Infinity, NaN],
      [Infinity, 1, Infinity],
    ]),
  ],
  run: (x: tf.Tensor) => [tf.argMax(x, 1), tf.argMin(x, 1)],
}));

testOp("running sums, with their gradient,", (draw) => {
  const drawn = { exclusive: draw.among([true, false]), reverse: draw.among([true, false]) };
  return {
    inputs: [draw.normal([draw.length(), draw.length()])],
    drawn,
    run: (x: tf.Tensor) => tf.cumsum(x, 1, drawn.exclusive, drawn.reverse),
  };
}, { gradients: true });

testOp("running sums and products along any axis", (draw) => {
  const axis = draw.integer(0, 2);
  const drawn = { axis, exclusive: draw.among([true, false]), reverse: draw.among([true, false]) };
  return {
    inputs: [draw.normal([draw.length(), draw.length(), draw.length()])],
    drawn,
    run: (x: tf.Tensor) =>
      [tf.cumsum, tf.cumprod].map((f) => f(x, axis, drawn.exclusive, drawn.reverse)),
  };
});

testOp("softmax, its logarithm and log-sum-exp, with their gradients,", (draw) => ({
  inputs: [tf.mul(10, draw.normal([draw.length(), draw.length(), draw.length(2)]))],
  run: (x: tf.Tensor) => [tf.softmax(x), tf.logSoftmax(x), tf.logSumExp(x, 1)],
}), { gradients: true, tolerance: 3e-5 });

testOp("Softmax and LogSoftmax", (draw) => ({
  inputs: [draw.normal([draw.length(), draw.length(2)])],
  run: (x: tf.Tensor) =>
    ["Softmax", "LogSoftmax"].map((name) =>
      runOp(name, [x], { attributes: [typeAttribute("T", "float32")] })[0]!
    ),
}), { precisions: ["float32", "bfloat16"] });

testOp("Max, Min, Maximum and Minimum, and what is no number", () => ({
  inputs: [
    tf.tensor2d([[NaN, 1, 2], [1, 2, NaN], [1, Infinity, -Infinity]]),
    tf.tensor2d([[1, NaN, 3], [NaN, NaN, 0], [NaN, 0, 1]]),
  ],
  run: (x: tf.Tensor, y: tf.Tensor) => [
    tf.max(x, 1),
    tf.min(x, 1),
    tf.maximum(x, y),
    tf.minimum(x, y),
    tf.isNaN(tf.max(x)).cast("int32"),
  ],
}));
