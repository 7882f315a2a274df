import * as tf from "@tensorflow/tfjs";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

function resizing(draw: Draw) {
  const images = draw.normal<tf.Tensor4D>([
    draw.length(),
    draw.length(),
    draw.length(),
    draw.length(),
  ]);
  return { images, size: [draw.length(), draw.length()] as [number, number] };
}

const kinds = {
  ResizeBilinear: tf.image.resizeBilinear,
  ResizeNearestNeighbor: tf.image.resizeNearestNeighbor,
};

for (const [name, resize] of Object.entries(kinds)) {
  testOp(`${name} and its gradient`, (draw) => {
    const { images, size } = resizing(draw);
    const alignCorners = draw.among([false, true]);
    return {
      inputs: [images],
      drawn: { size, alignCorners },
      run: (x: tf.Tensor4D) => resize(x, size, alignCorners),
    };
  }, { gradients: true });

  testOp(`${name} by the centres of pixels`, (draw) => {
    const { images, size } = resizing(draw);
    return {
      inputs: [images],
      drawn: { size },
      run: (x: tf.Tensor4D) => resize(x, size, false, true),
    };
  });
}
