import assert from "node:assert/strict";
import { type TrainingPart, trainingRows } from "@/lib/train/training_images.ts";
import { splitOf } from "@/tests/train/small_training.ts";

const SIZE = 12;

/** Three images of 2 px, each filled with its number above `first`, of the classes 0, 1 and 2. */
function part(first: number, subset: number[]): TrainingPart {
  const bytes = Uint8Array.from({ length: 3 * SIZE }, (_, i) => first + Math.floor(i / SIZE));
  const split = splitOf(bytes, { pixels: 2, labels: Uint16Array.of(0, 1, 2) });
  return { split, subset: Uint32Array.from(subset), classes: 3 };
}

const rowsOf = (...parts: TrainingPart[]) => trainingRows({ parts, pixels: 2 });

Deno.test("trainingRows() lays the subset's images one after another", async () => {
  const rows = rowsOf(part(10, [2, 0]));
  const resident = rows.resident()!;
  assert.deepEqual([rows.count, resident.length, resident[0], resident[12]], [2, 24, 12, 10]);
  assert.deepEqual([...rows.labels], [2, 0]);
  assert.deepEqual([...rows.numbers], [2, 0]);
  const read = await rows.read(Uint32Array.of(1, 0, 1));
  assert.deepEqual([read[0], read[12], read[24]], [10, 12, 10]);
});

Deno.test("trainingRows() puts the parts of a pool together: images, classes, and numbers that differ", async () => {
  const rows = rowsOf(part(10, [2, 0]), part(20, [0, 1, 2]));
  assert.deepEqual([rows.count, rows.classes], [5, 6]);
  assert.deepEqual([...rows.labels], [2, 0, 3, 4, 5]);
  assert.deepEqual([...rows.numbers], [2, 0, 2 ** 28, 2 ** 28 + 1, 2 ** 28 + 2]);
  const firsts = (bytes: Uint8Array) => [...bytes].filter((_, i) => i % SIZE === 0);
  assert.deepEqual(firsts(rows.resident()!), [12, 10, 20, 21, 22]);
  assert.deepEqual(firsts(await rows.read(Uint32Array.of(4, 0, 2, 1))), [22, 12, 20, 10]);
});

Deno.test("trainingRows() has images without labels beside those with, and no classes for them", async () => {
  const { split: { labels: _, ...split }, subset } = part(20, [1]);
  const rows = rowsOf(part(10, [2, 0]), { split, subset, classes: 0 }, part(30, [1]));
  assert.deepEqual([...rows.labels], [2, 0, -1, 4]);
  assert.equal(rows.classes, 6);
  assert.deepEqual([rows.resident()![24], (await rows.read(Uint32Array.of(2)))[0]], [21, 21]);
});

Deno.test("trainingRows() draws views by the numbers that a part gives", () => {
  const corrupted = { ...part(10, [0, 1]), numbers: Uint32Array.of(17, 5) };
  assert.deepEqual([...rowsOf(corrupted).numbers], [17, 5]);
});

Deno.test("trainingRows() has nothing resident where images are not plain", () => {
  const { split, ...rest } = part(10, [0]);
  const { images: _, ...compressed } = split;
  assert.equal(rowsOf({ ...rest, split: compressed }).resident(), null);
});

Deno.test("trainingRows() refuses an empty subset and an image that is not there", () => {
  assert.throws(() => rowsOf(), /subset: it has no image/);
  assert.throws(() => rowsOf(part(10, [])), {
    message: "subset: it has no image. Give the training at least one image",
  });
  assert.throws(() => rowsOf(part(10, [3])), { message: "Cannot train on image 3: there are 3" });
});
