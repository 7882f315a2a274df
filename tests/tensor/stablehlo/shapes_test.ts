import * as tf from "@tensorflow/tfjs";
import { intAttribute, runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

const FLOAT = typeAttribute("T", "float32");

function threeLengths(draw: Draw): [number, number, number] {
  return [draw.length(2), draw.length(2), draw.length(2)];
}

testOp("what lays a tensor out anew, with gradients,", (draw) => {
  const [a, b, c] = threeLengths(draw);
  return {
    inputs: [draw.normal([a, b, c]), draw.normal([a, b, c])],
    run: (x: tf.Tensor, y: tf.Tensor) => [
      tf.reshape(x, [c, a * b]),
      tf.transpose(x, [2, 0, 1]),
      tf.squeeze(tf.expandDims(y, 1), [1]),
      tf.reverse(x, [0, -1]),
      tf.tile(x, [2, 1, 3]),
      tf.broadcastTo(tf.reshape(y, [1, a, b, c]), [2, a, b, c]),
      tf.stack([x, y], 1),
      tf.concat([x, y], -1),
    ],
  };
}, { gradients: true });

testOp("what cuts a tensor, with gradients,", (draw) => {
  const [a, b, c] = threeLengths(draw), first = draw.integer(0, b - 1);
  return {
    inputs: [draw.normal([a, b, c])],
    drawn: { first },
    run: (x: tf.Tensor) => [
      tf.slice(x, [0, first, 1], [-1, 1, c - 1]),
      ...tf.split(x, [first, b - first], 1),
      ...tf.unstack(x, 0),
      tf.pad(x, [[1, 0], [0, 2], [1, 1]], 0.5),
    ],
  };
}, { gradients: true });

testOp("strided slices, by all of their masks,", (draw) => ({
  inputs: [draw.normal([3, 4, 5, 6])],
  run: (x: tf.Tensor) => [
    tf.stridedSlice(x, [1, 3], [3, 0], [2, -2]),
    tf.stridedSlice(x, [0, 0, 0, 0], [0, 2, 0, 4], [1, 1, 1, 2], 1, 4),
    tf.stridedSlice(x, [1, 0, 2], [2, 0, 4], [1, 1, 1], 0, 0, 2, 0, 1),
    tf.stridedSlice(x, [0, 1], [0, 3], [1, 1], 0, 0, 0, 1),
    tf.stridedSlice(x, [-1, -2], [-9, 9], [-1, 1]),
    tf.stridedSlice(x, [2], [0], [-1], 0, 1),
    tf.stridedSlice(x, [-2, 1], [0, 0], [1, 1], 0, 0, 0, 0, 3),
  ],
}));

testOp("Split, Pad and BroadcastTo", (draw) => {
  const rows = draw.length(), columns = draw.length();
  return {
    inputs: [draw.normal([rows, 3 * columns])],
    run: (x: tf.Tensor) => {
      const edges = tf.tensor2d([[1, 0], [2, 3]], [2, 2], "int32");
      return [
        ...runOp("Split", [tf.scalar(1, "int32"), x], {
          attributes: [FLOAT, intAttribute("num_split", 3)],
          outputs: 3,
        }),
        ...runOp("Pad", [x, edges], { attributes: [FLOAT, typeAttribute("Tpaddings", "int32")] }),
        ...runOp("BroadcastTo", [x, tf.tensor1d([2, rows, 3 * columns], "int32")], {
          attributes: [FLOAT, typeAttribute("Tidx", "int32")],
        }),
      ];
    },
  };
}, { precisions: ["float32", "bfloat16"] });

testOp("MirrorPad", (draw) => ({
  inputs: [draw.normal([draw.length(3), draw.length(4)])],
  run: (x: tf.Tensor) =>
    (["reflect", "symmetric"] as const).map((mode) => tf.mirrorPad(x, [[2, 1], [0, 3]], mode)),
}));

testOp("what is filled", (draw) => ({
  inputs: [draw.normal([3])],
  run: (x: tf.Tensor1D) => [
    x,
    tf.fill([2, 3], 4.5),
    tf.fill([2], 3, "int32"),
    tf.range(0, 7),
    tf.range(5, 0, -2),
    tf.range(1, 3, 0.3),
    tf.range(2, 9, 3, "int32"),
    tf.linspace(1, 3, 7),
    tf.linspace(2, 5, 1),
    tf.diag(x),
    tf.eye(3),
    tf.where(tf.tensor2d(Array.from({ length: 21 }, (_, i) => i % 3), [7, 3], "bool"), x, 0),
  ],
}));

testOp("blocks of space and batch", (draw) => {
  const depth = draw.length(), batch = draw.length();
  return {
    inputs: [draw.normal([6 * batch, 4, 5, 4 * depth])],
    run: (x: tf.Tensor4D) => [
      tf.depthToSpace(x, 2),
      tf.spaceToBatchND(x, [2, 3], [[0, 0], [1, 0]]),
      tf.batchToSpaceND(x, [2, 3], [[0, 1], [2, 0]]),
    ],
  };
});
