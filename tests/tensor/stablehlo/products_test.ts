import * as tf from "@tensorflow/tfjs";
import { boolAttribute, runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { testOp } from "@/tests/tensor/stablehlo/op_case.ts";

testOp("BatchMatMulV2 and its gradients", (draw) => {
  const [rows, inner, columns] = [draw.length(), draw.length(), draw.length()];
  const [turnA, turnB] = [draw.among([false, true]), draw.among([false, true])];
  const batch = Array.from({ length: draw.integer(0, 2) }, () => draw.length());
  return {
    inputs: [
      draw.normal([...batch, ...(turnA ? [inner, rows] : [rows, inner])]),
      draw.normal([...batch, ...(turnB ? [columns, inner] : [inner, columns])]),
    ],
    drawn: { turnA, turnB },
    run: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, turnA, turnB),
  };
}, { gradients: true, precisions: ["float32", "bfloat16"] });

testOp("MatMul", (draw) => {
  const [rows, inner, columns] = [draw.length(), draw.length(), draw.length()];
  const [turnA, turnB] = [draw.among([false, true]), draw.among([false, true])];
  return {
    inputs: [
      draw.normal(turnA ? [inner, rows] : [rows, inner]),
      draw.normal(turnB ? [columns, inner] : [inner, columns]),
    ],
    drawn: { turnA, turnB },
    run: (a: tf.Tensor, b: tf.Tensor) =>
      runOp("MatMul", [a, b], {
        attributes: [
          typeAttribute("T", "float32"),
          boolAttribute("transpose_a", turnA),
          boolAttribute("transpose_b", turnB),
        ],
      }),
  };
}, { precisions: ["float32", "bfloat16"] });

testOp("BatchMatMulV2 of batches that broadcast", (draw) => {
  const [one, other] = draw.among([[1, 3], [3, 1], [1, 1]]) as [number, number];
  const inner = draw.length();
  return {
    inputs: [
      draw.normal([one, 2, draw.length(), inner]),
      draw.normal([other, 1, inner, draw.length()]),
    ],
    run: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b),
  };
});

testOp("BatchMatMulV2 of a long sum, whose parts bfloat16 would lose,", () => ({
  inputs: [tf.ones([1, 3000]), tf.ones([3000, 1])],
  run: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b),
}), { precisions: ["bfloat16"] });
