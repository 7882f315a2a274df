import * as tf from "@tensorflow/tfjs";

/** What tfjs gives both kernels. */
type Attributes = {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
};

type Shape4D = [number, number, number, number];

/**
 * Gives a backend the gradients of a convolution with respect to its kernel and to its image.
 *
 * Both are convolutions themselves, so the backend's own fast one does the work. tfjs's wasm backend lacks the first;
 * its own form of the second takes ten times as long.
 */
export function registerConvolutionGradients(backendName: string): void {
  register(backendName, "Conv2DBackpropFilter", (inputs, attributes) => {
    const { filterShape } = attributes as Attributes & { filterShape: Shape4D };
    return kernelGradient(inputs.x!, inputs.dy!, { ...attributes, filterShape });
  });
  register(backendName, "Conv2DBackpropInput", (inputs, attributes) => {
    const { inputShape } = attributes as Attributes & { inputShape: Shape4D };
    return imageGradient(inputs.dy!, inputs.filter!, { ...attributes, inputShape });
  });
}

function register(
  backendName: string,
  kernelName: string,
  run: (inputs: Readonly<Record<string, tf.Tensor4D>>, attributes: Attributes) => tf.Tensor,
): void {
  if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => run(inputs as Record<string, tf.Tensor4D>, attrs as Attributes)),
  });
}

/**
 * The image, channels as its batch, is convolved with the output's gradient, whose taps lie a stride apart.
 *
 * @param x `[batch, height, width, input]`.
 * @param dy `[batch, rows, columns, output]`.
 * @returns `[side, side, input, output]`.
 */
function kernelGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: Attributes & { readonly filterShape: Shape4D },
): tf.Tensor {
  const { filterShape } = attributes;
  const { padInfo, strideHeight, strideWidth } = geometry(x.shape, filterShape, attributes);
  const gradient = tf.conv2d(
    tf.transpose(x, [3, 1, 2, 0]), // [input, height, width, batch]
    tf.transpose(dy, [1, 2, 0, 3]), // [rows, columns, batch, output]
    1,
    [[0, 0], [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right], [0, 0]],
    "NHWC",
    [strideHeight, strideWidth],
  ); // [input, side, side, output]
  // At a stride above 1 the image may reach further than the last place of the kernel.
  const taps = tf.slice(gradient, [0, 0, 0, 0], [-1, filterShape[0], filterShape[1], -1]);
  return tf.transpose(taps, [1, 2, 0, 3]);
}

/**
 * The output's gradient, its pixels drawn a stride apart, is convolved with the kernel turned by half a turn.
 *
 * @param dy `[batch, rows, columns, output]`.
 * @param kernel `[side, side, input, output]`.
 * @returns `[batch, height, width, input]`.
 */
function imageGradient(
  dy: tf.Tensor4D,
  kernel: tf.Tensor4D,
  attributes: Attributes & { readonly inputShape: Shape4D },
): tf.Tensor {
  const { inputShape } = attributes;
  const { padInfo, strideHeight, strideWidth } = geometry(inputShape, kernel.shape, attributes);
  const [side, otherSide] = kernel.shape;
  const spread = spreadPixels(dy, [strideHeight, strideWidth]);
  const edges = [
    edgesOf([spread.shape[1], inputShape[1]], { side, before: padInfo.top }),
    edgesOf([spread.shape[2], inputShape[2]], { side: otherSide, before: padInfo.left }),
  ] as const;
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
  const gradient = tf.conv2d(
    spread,
    turned,
    1,
    [[0, 0], edges[0].added, edges[1].added, [0, 0]],
  );
  return tf.slice(gradient, [0, edges[0].skipped, edges[1].skipped, 0], inputShape);
}

function geometry(imageShape: Shape4D, kernelShape: Shape4D, attributes: Attributes) {
  const { strides, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(
    imageShape,
    kernelShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Puts stride - 1 zeros after every pixel. */
function spreadPixels(x: tf.Tensor4D, strides: readonly [number, number]): tf.Tensor4D {
  if (strides[0] === 1 && strides[1] === 1) return x;
  const [batch, rows, columns, channels] = x.shape;
  const apart = tf.pad(tf.reshape(x, [batch, rows, 1, columns, channels]), [
    [0, 0],
    [0, 0],
    [0, strides[0] - 1],
    [0, 0],
    [0, (strides[1] - 1) * channels],
  ]);
  return tf.reshape(apart, [batch, rows * strides[0], columns * strides[1], channels]);
}

/**
 * The zeros to add on both sides of an axis so that at least as much as wanted comes out of the convolution, and how
 * much of what comes out lies before it. Padding wider than the kernel less one makes `skipped` positive.
 */
function edgesOf(
  [length, wanted]: readonly [number, number],
  forward: { readonly side: number; readonly before: number },
): { added: [number, number]; skipped: number } {
  const before = forward.side - 1 - forward.before;
  const skipped = Math.max(0, -before);
  const first = Math.max(0, before);
  const after = skipped + wanted - (length + first - forward.side + 1);
  return { added: [first, Math.max(0, after)], skipped };
}
