import * as tf from "@tensorflow/tfjs";
import { maxPool2d } from "@/lib/tensor/mod.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

function windowOver(draw: Draw) {
  const sides: [number, number] = [draw.integer(1, 3), draw.integer(1, 3)];
  const strides: [number, number] = [draw.integer(1, 3), draw.integer(1, 3)];
  const shape = [draw.length(), draw.length(sides[0]), draw.length(sides[1]), draw.length()];
  return { shape, drawn: { sides, strides, pad: draw.among(["same", "valid"] as const) } };
}

testOp("MaxPool and its gradient, of equal pixels the first's,", (draw) => {
  const { shape, drawn } = windowOver(draw);
  const { sides, strides, pad } = drawn;
  return {
    inputs: [tf.cast(draw.integers(shape, 4), "float32")],
    drawn,
    run: (x: tf.Tensor4D) => tf.maxPool(x, sides, strides, pad),
  };
}, { gradients: true, precisions: ["float32", "bfloat16"] });

testOp("maxPool2d() and its gradient", (draw) => {
  const shape = [draw.length(), draw.length(3), draw.length(3), draw.length()];
  return {
    inputs: [tf.relu(draw.normal(shape))],
    run: (x: tf.Tensor4D) => maxPool2d(x, { side: 3, stride: 2, padding: 1 }),
  };
}, { gradients: true, precisions: ["float32", "bfloat16"] });

testOp("AvgPool and its gradient", (draw) => {
  const { shape, drawn } = windowOver(draw);
  const { sides, strides, pad } = drawn;
  return {
    inputs: [draw.normal(shape)],
    drawn,
    run: (x: tf.Tensor4D) => tf.avgPool(x, sides, strides, pad),
  };
}, { gradients: true });
