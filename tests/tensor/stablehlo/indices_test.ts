import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, gatherImages, uint8Tensor } from "@/lib/tensor/mod.ts";
import { gather } from "@/lib/tensor/ops/gather.ts";
import { intAttribute, runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { testOp } from "@/tests/tensor/stablehlo/op_case.ts";

const FLOAT = typeAttribute("T", "float32"), INDICES = typeAttribute("Tindices", "int32");

testOp("GatherV2 along any axis and its gradient", (draw) => {
  const shape = [draw.length(), draw.length(), draw.length()], axis = draw.integer(0, 2);
  const places = draw.among([[], [draw.length()], [2, draw.length()]]);
  return {
    inputs: [draw.normal(shape), draw.integers(places, shape[axis]!)],
    drawn: { axis },
    run: (x: tf.Tensor, indices: tf.Tensor) => tf.gather(x, indices, axis),
  };
}, { gradients: true });

testOp("GatherV2 of batches", (draw) => {
  const [a, b, c] = [draw.length(), draw.length(), draw.length()];
  const batchDims = draw.integer(1, 2);
  const places = [...[a, b].slice(0, batchDims), draw.length()];
  return {
    inputs: [draw.normal([a, b, c, 2]), draw.integers(places, c)],
    drawn: { batchDims },
    run: (x: tf.Tensor, indices: tf.Tensor) =>
      gather([x, indices], { dtype: "float32", axis: 2, batchDims }),
  };
}, { precisions: ["float32", "bfloat16"] });

testOp("gatherImages() of bytes", (draw) => {
  const count = draw.length(2), shape = [count, 3, 2, 3];
  const bytes = Uint8Array.from({ length: 18 * count }, () => draw.integer(0, 255));
  return {
    inputs: [uint8Tensor(bytes, shape), draw.integers([draw.length()], count)],
    run: (images: tf.Tensor, indices: tf.Tensor1D) => gatherImages(images, indices),
  };
});

testOp("GatherNd", (draw) => {
  const [a, b, c] = [draw.length(), draw.length(), draw.length()];
  return {
    inputs: [draw.normal([a, b, c]), draw.integers([2, 3], a), draw.integers([2, 3], b)],
    run: (x: tf.Tensor, rows: tf.Tensor, columns: tf.Tensor) => [
      tf.gatherND(x, tf.stack([rows, columns], 2)),
      tf.gatherND(x, tf.expandDims(rows, 2)),
    ],
  };
});

testOp("OneHot, of indices out of bounds too,", (draw) => {
  const depth = draw.length(2);
  return {
    inputs: [tf.sub(draw.integers([2, 3], depth + 2), tf.scalar(1, "int32"))],
    drawn: { depth },
    run: (indices: tf.Tensor) => [
      tf.oneHot(indices, depth, 2, -3, "float32"),
      tf.oneHot(indices, depth, 2, -3, "int32"),
      ...runOp("OneHot", [indices, tf.scalar(depth, "int32"), tf.scalar(1), tf.scalar(0)], {
        attributes: [FLOAT, typeAttribute("TI", "int32"), intAttribute("axis", 1)],
      }),
    ],
  };
});

testOp("ScatterNd", (draw) => {
  const [a, b] = [draw.length(), draw.length()], count = draw.length();
  return {
    inputs: [
      draw.integers([count], a),
      draw.integers([count], b),
      draw.normal([count]),
      draw.normal([count, b]),
    ],
    run: (rows: tf.Tensor, columns: tf.Tensor, values: tf.Tensor, parts: tf.Tensor) => [
      tf.scatterND(tf.stack([rows, columns], 1), values, [a, b]),
      tf.scatterND(tf.expandDims(rows, 1), parts, [a, b]),
    ],
  };
});

testOp("what is put at indices of its own", (draw) => ({
  inputs: [draw.normal([5, 3]), draw.normal([2, 3])],
  run: (x: tf.Tensor, parts: tf.Tensor) => [
    tf.tensorScatterUpdate(x, tf.tensor2d([[3], [1]], [2, 1], "int32"), parts),
    tf.sparseToDense(
      tf.tensor1d([1, 3], "int32"),
      tf.reshape(tf.slice(parts, [0, 0], [2, 1]), [2]),
      [5],
      tf.scalar(9),
    ),
    tf.sparseToDense(
      tf.tensor2d([[0, 3], [1, 2]], [2, 2], "int32"),
      tf.scalar(2),
      [2, 4],
      tf.scalar(0),
    ),
  ],
}));

testOp("UnsortedSegmentSum and its gradient", (draw) => {
  const [a, b] = [draw.length(), draw.length()], count = draw.length();
  return {
    inputs: [draw.normal([a, b, 2]), draw.integers([a], count)],
    run: (x: tf.Tensor, indices: tf.Tensor1D) => tf.unsortedSegmentSum(x, indices, count),
  };
}, { gradients: true });

testOp("UnsortedSegmentSum by indices of two axes, below zero too,", (draw) => {
  const [a, b] = [draw.length(), draw.length()], count = draw.length();
  return {
    inputs: [
      draw.normal([a, b, 2]),
      tf.sub(draw.integers([a, b], count + 1), tf.scalar(1, "int32")),
    ],
    run: (x: tf.Tensor, indices: tf.Tensor) =>
      runOp("UnsortedSegmentSum", [x, indices, tf.scalar(count, "int32")], {
        attributes: [FLOAT, INDICES, typeAttribute("Tnumsegments", "int32")],
      }),
  };
}, { precisions: ["float32", "bfloat16"] });

testOp("Bincount, which leaves out what is beyond the last bin,", (draw) => ({
  inputs: [draw.integers([20], 5), draw.normal([20])],
  run: (x: tf.Tensor1D, weights: tf.Tensor1D) => [
    tf.bincount(x, tf.tensor1d([]), 5),
    tf.bincount(x, weights, 3),
  ],
}));

Deno.test("a device takes the nearest part for an index out of bounds, and puts nothing there", async () => {
  const f = compile(([x, indices]) => [
    tf.gather(x!, indices as tf.Tensor1D),
    runOp("UnsortedSegmentSum", [x!, indices!, tf.scalar(3, "int32")], {
      attributes: [FLOAT, INDICES, typeAttribute("Tnumsegments", "int32")],
    })[0]!,
  ]);
  const inputs = [tf.tensor1d([1, 2, 3]), tf.tensor1d([-1, 1, 7], "int32")];
  const [taken, put] = await f(inputs);
  assert.deepEqual(await taken!.array(), [1, 2, 3]);
  assert.deepEqual(await put!.array(), [0, 2, 0]);
  f.dispose();
  tf.dispose([...inputs, taken!, put!]);
});
