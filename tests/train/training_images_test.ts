import assert from "node:assert/strict";
import { packSubset, subsetLabels } from "@/lib/train/training_images.ts";

const data = {
  images: Uint8Array.from({ length: 3 * 12 }, (_, i) => i),
  pixels: 2,
  labels: Uint16Array.of(7, 8, 9),
};

Deno.test("packSubset() lays the subset's images one after another", () => {
  const packed = packSubset({ ...data, subset: Uint32Array.of(2, 0) });
  assert.deepEqual([packed.length, packed[0], packed[12]], [24, 24, 0]);
});

Deno.test("packSubset() refuses an empty subset and an image that is not there", () => {
  assert.throws(() => packSubset({ ...data, subset: new Uint32Array() }), {
    message: "subset: it has no image. Give the training at least one image",
  });
  assert.throws(() => packSubset({ ...data, subset: Uint32Array.of(3) }), {
    message: "Cannot train on image 3: there are 3",
  });
});

Deno.test("subsetLabels() follows the subset", () => {
  assert.deepEqual(
    subsetLabels({ ...data, subset: Uint32Array.of(2, 0) }),
    Int32Array.of(9, 7),
  );
});
