import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, gatherImages, liveHandles, loadBackend, uint8Tensor } from "@/lib/tensor/mod.ts";

await loadBackend();

/** Three images of 1 x 2 pixels with one channel. */
const BYTES = Uint8Array.of(0, 255, 51, 102, 7, 8);

function thirds(values: readonly number[]): number[] {
  return values.map((value) => Math.fround(value / 255));
}

Deno.test("gatherImages() gives the chosen images as numbers from 0 to 1", () => {
  tf.tidy(() => {
    const images = uint8Tensor(BYTES, [3, 1, 2, 1]);
    const batch = gatherImages(images, tf.tensor1d([2, 0, 2], "int32"));
    assert.deepEqual(batch.shape, [3, 1, 2, 1]);
    assert.equal(batch.dtype, "float32");
    assert.deepEqual([...batch.dataSync()], thirds([7, 8, 0, 255, 7, 8]));
  });
});

Deno.test("gatherImages() reads images that a compiled function is given or captures", () => {
  tf.tidy(() => {
    const images = uint8Tensor(BYTES, [3, 1, 2, 1]);
    const indices = tf.tensor1d([1], "int32");
    const given = compile(([all, at]) => [gatherImages(all!, at as tf.Tensor1D)]);
    const captures = compile(([at]) => [gatherImages(images, at as tf.Tensor1D)]);
    assert.deepEqual([...given.sync([images, indices])[0]!.dataSync()], thirds([51, 102]));
    assert.deepEqual([...captures.sync([indices])[0]!.dataSync()], thirds([51, 102]));
    given.dispose();
    captures.dispose();
  });
});

Deno.test("gatherImages() refuses an index out of bounds", () => {
  tf.tidy(() => {
    const images = uint8Tensor(BYTES, [3, 1, 2, 1]);
    assert.throws(
      () => gatherImages(images, tf.tensor1d([3], "int32")),
      /indices\[0\] = 3 is not in \[0, 3\)/,
    );
  });
});

Deno.test("uint8Tensor() holds its bytes once and gives them back when disposed", () => {
  const before = liveHandles();
  const images = uint8Tensor(BYTES, [3, 1, 2, 1]);
  assert.equal(liveHandles(), before + 1);
  images.dispose();
  assert.equal(liveHandles(), before);
});

Deno.test("uint8Tensor() refuses a shape that its bytes do not fill", () => {
  assert.throws(() => uint8Tensor(BYTES, [2, 2]), {
    name: "RangeError",
    message: "Cannot make a uint8 tensor: shape [2,2] has 4 elements, and there are 6 bytes",
  });
});
