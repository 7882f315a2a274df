import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { applyViews, standardise } from "@/lib/train/apply_views.ts";
import { colourMap } from "@/lib/train/colour_map.ts";

await loadBackend();

const still = colourMap({ brightness: 1, contrast: 1, saturation: 1, hue: 0, grey: false });
const whole = [0, 0, 1, 1];
const pixels = Array.from({ length: 2 * 2 * 2 * 3 }, (_, i) => i / 24);

function views(boxes: number[][], colours: Float32Array[], side = 2): number[][][][] {
  return tf.tidy(() =>
    applyViews(tf.tensor4d(pixels, [2, 2, 2, 3]), {
      boxes: tf.tensor2d(boxes),
      colours: tf.tensor2d(colours.map((map) => [...map])),
      side,
    }).arraySync()
  );
}

function near(actual: unknown, wanted: unknown): void {
  const numbers = (value: unknown) => (value as number[][][]).flat(3) as unknown as number[];
  numbers(wanted).forEach((value, i) => {
    assert.ok(Math.abs(numbers(actual)[i]! - value) < 1e-6, `${actual} is not ${wanted}`);
  });
}

const image = (i: number) => tf.tidy(() => tf.tensor4d(pixels, [2, 2, 2, 3]).arraySync()[i]!);

Deno.test("applyViews() makes view r of image r modulo the number of images", () => {
  const made = views([whole, whole, whole, whole], [still, still, still, still]);
  near(made, [image(0), image(1), image(0), image(1)]);
});

Deno.test("applyViews() makes views of the side asked for: one pixel is the middle of the image", () => {
  const [made] = views([whole, whole], [still, still], 1);
  const [[a, b], [c, d]] = image(0) as [number[][], number[][]] as [
    [number[], number[]],
    [number[], number[]],
  ];
  near(made, [[a.map((value, i) => (value + b[i]! + c[i]! + d[i]!) / 4)]]);
});

Deno.test("applyViews() mirrors a box whose right edge comes first", () => {
  const [made] = views([[0, 1, 1, 0], whole], [still, still]);
  near(made, image(0).map((row) => row.toReversed()));
});

Deno.test("applyViews() pulls towards the mean grey value of the view and clips to 0..1", () => {
  const flat = colourMap({ brightness: 1, contrast: 0, saturation: 1, hue: 0, grey: false });
  const bright = colourMap({ brightness: 9, contrast: 1, saturation: 1, hue: 0, grey: false });
  const [grey, clipped] = views([whole, whole], [flat, bright]);
  const greys = image(0).flat().map(([red, green, blue]) =>
    0.299 * red! + 0.587 * green! + 0.114 * blue!
  );
  const mean = greys.reduce((sum, value) => sum + value, 0) / greys.length;
  near(grey, image(0).map((row) => row.map((pixel) => pixel.map(() => mean))));
  assert.ok((clipped as unknown as number[][][]).flat(2).every((value) => value === 1));
});

Deno.test("applyViews() blurs after it has coloured", () => {
  const bright = colourMap({ brightness: 9, contrast: 1, saturation: 1, hue: 0, grey: false });
  const [sharp, blurred] = tf.tidy(() =>
    applyViews(tf.tensor4d(pixels, [2, 2, 2, 3]), {
      boxes: tf.tensor2d([whole, whole]),
      colours: tf.tensor2d([[...still], [...bright]]),
      blurs: tf.tensor2d([[0, 1, 0], [0.25, 0.5, 0.25]]),
      side: 2,
    }).arraySync()
  );
  near(sharp, image(0));
  // All pixels are 1 after the colouring: each keeps 3/4 along either axis, the rest lies beyond the edge.
  assert.ok((blurred as unknown as number[][][]).flat(2).every((v) => Math.abs(v - 9 / 16) < 1e-6));
});

Deno.test("standardise() maps 0..1 to -2..2", () => {
  const values = tf.tidy(() => [...standardise(tf.tensor4d([0, 0.5, 1], [1, 1, 1, 3])).dataSync()]);
  assert.deepEqual(values, [-2, 0, 2]);
});
