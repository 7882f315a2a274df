import * as tf from "@tensorflow/tfjs";
import { cropAndResize } from "@/lib/tensor/mod.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

/** Boxes `[m, 4]` whose edges lie in, on and beyond those of the image; some are mirrored. */
function boxesOf(draw: Draw, m: number): tf.Tensor2D {
  const edges = Array.from({ length: 4 * m }, () => draw.integer(-3, 15) / 12);
  return tf.tensor2d(edges, [m, 4]);
}

testOp("cropAndResize()", (draw) => {
  const images = draw.normal([draw.length(), draw.length(), draw.length(), draw.length()]);
  const m = draw.length(), size = [draw.length(), draw.length()] as const;
  return {
    inputs: [images, boxesOf(draw, m)],
    drawn: { size },
    run: (x: tf.Tensor4D, boxes: tf.Tensor2D) => cropAndResize(x, boxes, { size }),
  };
});

testOp("CropAndResize of given images to the nearest pixels, with a number outside,", (draw) => {
  const n = draw.length(), m = draw.length();
  return {
    inputs: [
      draw.normal([n, draw.length(), draw.length(), draw.length()]),
      boxesOf(draw, m),
      draw.integers([m], n),
    ],
    run: (x: tf.Tensor4D, boxes: tf.Tensor2D, of: tf.Tensor1D) =>
      tf.image.cropAndResize(x, boxes, of, [3, 4], "nearest", 7),
  };
});
