import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, cropAndResize, loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

/** Two images of 3 x 3 pixels: 0 … 8 in reading order, and the same plus 100. */
function images(): tf.Tensor4D {
  const first = Array.from({ length: 9 }, (_, i) => i);
  return tf.tensor4d([...first, ...first.map((value) => value + 100)], [2, 3, 3, 1]);
}

function crop(boxes: number[][], indices?: number[]): number[] {
  return tf.tidy(() => {
    const crops = cropAndResize(images(), tf.tensor2d(boxes), {
      size: [2, 2],
      ...(indices === undefined ? {} : { boxIndices: tf.tensor1d(indices, "int32") }),
    });
    return [...crops.dataSync()];
  });
}

Deno.test("cropAndResize() takes the corners of a whole image", () => {
  assert.deepEqual(crop([[0, 0, 1, 1]]), [0, 2, 6, 8]);
});

Deno.test("cropAndResize() blends between pixels", () => {
  // From half-way between rows 0 and 1 (and columns) to the last pixel.
  assert.deepEqual(crop([[0.25, 0.25, 1, 1]]), [2, 3.5, 6.5, 8]);
});

Deno.test("cropAndResize() mirrors a box whose x-coordinates are reversed", () => {
  assert.deepEqual(crop([[0, 1, 1, 0]]), [2, 0, 8, 6]);
});

Deno.test("cropAndResize() takes box i from image i mod n, or from the image that it is told", () => {
  const boxes = [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0.5, 0.5]];
  assert.deepEqual(crop(boxes), [0, 2, 6, 8, 100, 102, 106, 108, 0, 1, 3, 4]);
  assert.deepEqual(crop(boxes, [1, 0, 1]), [100, 102, 106, 108, 0, 2, 6, 8, 100, 101, 103, 104]);
});

Deno.test("cropAndResize() gives 0 outside the image", () => {
  assert.deepEqual(crop([[0, 0, 2, 2]]), [0, 0, 0, 0]);
});

Deno.test("cropAndResize() compiled gives what it gives at once", () => {
  tf.tidy(() => {
    const boxes = tf.tensor2d([[0.1, 0.9, 0.8, 0.2], [0, 0, 1, 1]]);
    const compiled = compile((inputs) => [
      cropAndResize(inputs[0] as tf.Tensor4D, inputs[1] as tf.Tensor2D, { size: [4, 5] }),
    ]);
    const [inGraph] = compiled.sync([images(), boxes]);
    const atOnce = cropAndResize(images(), boxes, { size: [4, 5] });
    assert.deepEqual(inGraph!.shape, [2, 4, 5, 1]);
    assert.deepEqual(inGraph!.dataSync(), atOnce.dataSync());
    compiled.dispose();
  });
});
