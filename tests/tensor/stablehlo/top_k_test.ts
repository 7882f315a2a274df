import * as tf from "@tensorflow/tfjs";
import { testOp } from "@/tests/tensor/stablehlo/op_case.ts";

testOp("TopKV2, of equal values the first first,", (draw) => {
  const rows = draw.length(), columns = draw.length(3), k = draw.integer(1, columns);
  return {
    inputs: [tf.cast(draw.integers([rows, columns], 4), "float32")],
    drawn: { k },
    run: (x: tf.Tensor) => {
      const { values, indices } = tf.topk(x, k);
      return [values, indices];
    },
  };
});

testOp("TopKV2 of int32", (draw) => ({
  inputs: [draw.integers([draw.length(), 7], 100)],
  run: (x: tf.Tensor) => {
    const { values, indices } = tf.topk(x, 3);
    return [values, indices];
  },
}));

testOp("TopKV2 of zeros, of which minus zero is one", () => ({
  inputs: [tf.tensor2d([[-0, 0, -0, 0], [-1, -0, 0, 1]])],
  run: (x: tf.Tensor) => {
    const { values, indices } = tf.topk(x, 3);
    return [values, indices];
  },
}));
