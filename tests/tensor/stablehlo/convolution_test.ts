import * as tf from "@tensorflow/tfjs";
import { convolve2d } from "@/lib/tensor/mod.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

const both = ["float32", "bfloat16"] as const;

/** Images and how a window moves over them. */
function imagesUnder(draw: Draw, { dilation = 1 } = {}) {
  const side = draw.among([1, 2, 3, 5]);
  const least = (side - 1) * dilation + 1;
  const images = draw.normal<tf.Tensor4D>([
    draw.length(),
    draw.length(least),
    draw.length(least),
    draw.length(),
  ]);
  const drawn = { stride: draw.integer(1, 3), pad: draw.among(["same", "valid"] as const) };
  return { images, side, drawn };
}

testOp("Conv2D and its gradients", (draw) => {
  const { images, side, drawn } = imagesUnder(draw);
  const { stride, pad } = drawn;
  const kernel = draw.normal([side, draw.integer(1, side), images.shape[3], draw.length()]);
  return {
    inputs: [images, kernel],
    drawn,
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => tf.conv2d(x, k, stride, pad),
  };
}, { gradients: true, precisions: both });

testOp("convolve2d() with padding of its own and its gradients", (draw) => {
  const side = draw.among([3, 5, 7]);
  const options = { stride: draw.integer(1, 2), padding: draw.integer(0, side - 1) };
  const channels = draw.length(), length = draw.length(side);
  return {
    inputs: [
      draw.normal([draw.length(), length, length + 1, channels]),
      draw.normal([side, side, channels, draw.length()]),
    ],
    drawn: options,
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => convolve2d(x, k, options),
  };
}, { gradients: true, precisions: both });

testOp("Conv2D with explicit padding", (draw) => {
  const { images, side, drawn: { stride } } = imagesUnder(draw);
  const edge = (): [number, number] => [draw.integer(0, 2), draw.integer(0, 2)];
  const edges: [[number, number], [number, number]] = [edge(), edge()];
  return {
    inputs: [images, draw.normal([side, side, images.shape[3], draw.length()])],
    drawn: { stride, edges },
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => tf.conv2d(x, k, stride, [[0, 0], ...edges, [0, 0]]),
  };
});

testOp("Conv2D with a dilated kernel", (draw) => {
  const dilation = draw.integer(2, 3);
  const { images, side, drawn: { pad } } = imagesUnder(draw, { dilation });
  return {
    inputs: [images, draw.normal([side, side, images.shape[3], draw.length()])],
    drawn: { dilation, pad },
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => tf.conv2d(x, k, 1, pad, "NHWC", dilation),
  };
});

testOp("DepthwiseConv2dNative and its gradients", (draw) => {
  const { images, side, drawn } = imagesUnder(draw);
  const { stride, pad } = drawn;
  return {
    inputs: [images, draw.normal([side, side, images.shape[3], draw.length()])],
    drawn,
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => tf.depthwiseConv2d(x, k, stride, pad),
  };
}, { gradients: true });

testOp("DepthwiseConv2dNative with a dilated kernel", (draw) => {
  const { images, side, drawn: { pad } } = imagesUnder(draw, { dilation: 2 });
  return {
    inputs: [images, draw.normal([side, side, images.shape[3], draw.length()])],
    drawn: { pad },
    run: (x: tf.Tensor4D, k: tf.Tensor4D) => tf.depthwiseConv2d(x, k, 1, pad, "NHWC", 2),
  };
});
