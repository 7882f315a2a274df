import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { blur } from "@/lib/train/blur.ts";
import { blurLength, drawBlur } from "@/lib/train/blur_kernel.ts";

await loadBackend();

Deno.test("blurLength() is a tenth of the side made odd, as SimCLR has it", () => {
  assert.deepEqual([224, 96, 64, 32, 24, 20, 19, 8].map(blurLength), [23, 9, 7, 3, 3, 3, 1, 1]);
});

Deno.test("drawBlur() blurs with its probability, by deviations of 0.1 to 2 pixels", () => {
  const random = randomAt(1, "blur test");
  let blurred = 0;
  const deviations: number[] = [];
  for (let i = 0; i < 4000; i++) {
    const kernel = drawBlur(random, { probability: 0.5, length: 23 });
    assert.ok(Math.abs(kernel.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
    kernel.forEach((weight, at) => assert.equal(weight, kernel[22 - at]));
    if (kernel[11] === 1) continue;
    blurred++;
    // The ratio of neighbours is exp(-1 / (2 deviation²)).
    deviations.push(Math.sqrt(-0.5 / Math.log(kernel[12]! / kernel[11]!)));
  }
  // A deviation below 0.18 leaves a kernel that rounds to no blur: some 4 in 100.
  assert.ok(Math.abs(blurred / 4000 - 0.5 * 0.97) < 0.03, `${blurred} of 4000`);
  const most = Math.max(...deviations);
  assert.ok(Math.min(...deviations) > 0.1 && most > 1.95 && most < 2.001, `${most}`);
  const never = { probability: 0, length: 3 };
  assert.deepEqual([...drawBlur(random, never)], [0, 1, 0]);
});

Deno.test("blur() is a convolution with each image's own kernel along both axes, zeros beyond the edges", () => {
  const [n, side, channels] = [3, 9, 3];
  const random = randomAt(2, "blur test");
  const pixels = Array.from({ length: n * side * side * channels }, () => random.uniform());
  const kernels = Array.from(
    { length: n },
    () => [...drawBlur(random, { probability: 1, length: 5 })],
  );
  const ours = tf.tidy(() =>
    blur(tf.tensor4d(pixels, [n, side, side, channels]), tf.tensor2d(kernels)).dataSync()
  );
  const pixel = (image: number, row: number, column: number, channel: number) =>
    Math.min(row, column) < 0 || Math.max(row, column) >= side
      ? 0
      : pixels[((image * side + row) * side + column) * channels + channel]!;
  let at = 0;
  for (let image = 0; image < n; image++) {
    const kernel = kernels[image]!;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        for (let channel = 0; channel < channels; channel++) {
          let wanted = 0;
          kernel.forEach((across, i) =>
            kernel.forEach((along, j) => {
              wanted += across * along * pixel(image, row + i - 2, column + j - 2, channel);
            })
          );
          assert.ok(Math.abs(ours[at++]! - wanted) < 1e-6);
        }
      }
    }
  }
});

Deno.test("blur() by the kernel that changes nothing changes nothing", () => {
  const pixels = Float32Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => i / 96);
  const same = tf.tidy(() =>
    blur(tf.tensor4d(pixels, [2, 4, 4, 3]), tf.tensor2d([[0, 1, 0], [0, 1, 0]])).dataSync()
  );
  assert.deepEqual(same, pixels);
});
