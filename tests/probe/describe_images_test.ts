import assert from "node:assert/strict";
import { type Floor, floors } from "@/dsl/mod.ts";
import { floorLength } from "@/lib/network/mod.ts";
import { describeImages } from "@/lib/probe/describe_images.ts";

/** So many images whose bytes all differ. */
function split(count: number, pixels: number) {
  const size = 3 * pixels ** 2;
  const read = (indices: ArrayLike<number>) =>
    Promise.resolve(Uint8Array.from({ length: indices.length * size }, (_, i) => {
      const image = indices[Math.floor(i / size)]!;
      return (image * 31 + (i % size) * (7 + 2 * image)) % 256;
    }));
  return { count, read };
}

Deno.test("describeImages() gives each image its own row of the length that is planned, whatever it is read with", async () => {
  const others: readonly Floor[] = [
    { family: "pixels", side: 5 },
    { family: "colours", bins: 3 },
    { ...floors.gradients, side: 20, cell: 4, block: 3 },
  ];
  for (const floor of [...Object.values(floors), ...others]) {
    for (const pixels of [17, 32]) {
      const told: number[] = [];
      const images = { split: split(70, pixels), pixels };
      const all = await describeImages(floor, { ...images, onProgress: (done) => told.push(done) });
      const length = floorLength(floor, pixels);
      assert.equal(all.length, 70 * length);
      assert.ok(length > 0);
      assert.deepEqual(told, [64, 70]);
      const last = await describeImages(floor, {
        pixels,
        split: { count: 1, read: () => split(70, pixels).read([69]) },
      });
      assert.deepEqual(all.subarray(69 * length), last);
      assert.ok(all.some((value, i) => value !== all[i % length]), floor.family);
    }
  }
});

Deno.test("floorLength() counts what a floor makes of large images and of small ones", () => {
  const { pixels, colours, gradients } = floors;
  assert.deepEqual([8, 16, 224].map((side) => floorLength(pixels, side)), [192, 768, 768]);
  assert.deepEqual([8, 224].map((side) => floorLength(colours, side)), [512, 512]);
  // Of 8 x 8 cells 7 x 7 blocks of 2 x 2 cells in 9 directions, as published of a square of 64 px.
  assert.deepEqual(
    [8, 15, 16, 24, 32, 64, 224].map((side) => floorLength(gradients, side)),
    [0, 0, 36, 144, 324, 1764, 1764],
  );
});
