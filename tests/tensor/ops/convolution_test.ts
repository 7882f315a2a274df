import * as tf from "@tensorflow/tfjs";
import { convolve2d, loadBackend } from "@/lib/tensor/mod.ts";
import { assertAllClose, normal } from "@/tests/tensor/numbers.ts";

await loadBackend();

interface Case {
  readonly size: readonly [height: number, width: number];
  readonly side: number;
  readonly stride: number;
  readonly padding: number;
}

const CASES: readonly Case[] = [
  { size: [8, 8], side: 3, stride: 1, padding: 1 },
  { size: [8, 8], side: 3, stride: 2, padding: 1 },
  { size: [7, 9], side: 3, stride: 2, padding: 1 },
  { size: [9, 6], side: 1, stride: 2, padding: 0 },
  { size: [12, 11], side: 7, stride: 2, padding: 3 },
  { size: [5, 5], side: 3, stride: 1, padding: 0 },
  { size: [6, 6], side: 3, stride: 1, padding: 2 },
  { size: [10, 10], side: 3, stride: 3, padding: 1 },
];

const BATCH = 2, INPUT = 3, OUTPUT = 4;

/** The sum of upstream times convolution, and its gradients, by the definition, in float64. */
function plain(x: Float32Array, kernel: Float32Array, upstream: Float32Array, one: Case) {
  const [height, width] = one.size;
  const { side, stride, padding } = one;
  const rows = places(height, one), columns = places(width, one);
  const y = new Float64Array(BATCH * rows * columns * OUTPUT);
  const dx = new Float64Array(x.length), dKernel = new Float64Array(kernel.length);
  for (let b = 0; b < BATCH; b++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let i = 0; i < side; i++) {
          for (let j = 0; j < side; j++) {
            const h = row * stride + i - padding, w = column * stride + j - padding;
            if (h < 0 || h >= height || w < 0 || w >= width) continue;
            for (let c = 0; c < INPUT; c++) {
              for (let o = 0; o < OUTPUT; o++) {
                const at = ((b * height + h) * width + w) * INPUT + c;
                const tap = ((i * side + j) * INPUT + c) * OUTPUT + o;
                const out = ((b * rows + row) * columns + column) * OUTPUT + o;
                y[out] = y[out]! + x[at]! * kernel[tap]!;
                dx[at] = dx[at]! + upstream[out]! * kernel[tap]!;
                dKernel[tap] = dKernel[tap]! + upstream[out]! * x[at]!;
              }
            }
          }
        }
      }
    }
  }
  return { y, dx, dKernel };
}

function places(length: number, { side, stride, padding }: Case): number {
  return Math.floor((length + 2 * padding - side) / stride) + 1;
}

for (const one of CASES) {
  const { size: [height, width], side, stride, padding } = one;
  Deno.test(`convolve2d() follows its definition, gradients too: ${height} x ${width}, side ${side}, stride ${stride}, padding ${padding}`, () => {
    tf.tidy(() => {
      const x = normal([BATCH, height, width, INPUT], 1) as tf.Tensor4D;
      const kernel = normal([side, side, INPUT, OUTPUT], 2) as tf.Tensor4D;
      const y = convolve2d(x, kernel, { stride, padding });
      const upstream = normal(y.shape, 3);
      const [dx, dKernel] = tf.grads((...args) => {
        const [image, filter] = args as [tf.Tensor4D, tf.Tensor4D];
        return tf.sum(tf.mul(convolve2d(image, filter, { stride, padding }), upstream));
      })([x, kernel]);
      const values = [x, kernel, upstream].map((t) => t.dataSync() as Float32Array);
      const expected = plain(values[0]!, values[1]!, values[2]!, one);
      assertAllClose([y, dx!, dKernel!], [
        tf.tensor(Float32Array.from(expected.y), [
          BATCH,
          places(height, one),
          places(width, one),
          OUTPUT,
        ]),
        tf.tensor(Float32Array.from(expected.dx), x.shape),
        tf.tensor(Float32Array.from(expected.dKernel), kernel.shape),
      ]);
    });
  });
}
