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

testOp(
  "cropAndResize() of boxes that end with the image, where rounding decides what is outside,",
  (draw) => {
    const m = 60;
    // Of every other box the first edge is the image's last, so that it is mirrored.
    const edges = Array.from({ length: m }, (_, i) => {
      const [y, x] = [draw.integer(0, 40) / 83, draw.integer(0, 40) / 83];
      return i % 2 === 0 ? [y, x, 1, 1] : [1, 1, y, x];
    });
    return {
      inputs: [tf.add(tf.square(draw.normal([2, 32, 72, 1])), 1), tf.tensor2d(edges)],
      run: (x: tf.Tensor4D, boxes: tf.Tensor2D) => cropAndResize(x, boxes, { size: [27, 64] }),
    };
  },
);
