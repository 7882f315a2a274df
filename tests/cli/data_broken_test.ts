import assert from "node:assert/strict";
import { findBroken } from "@/lib/cli/data_broken.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/data/memory_data_set.ts";
import { noiseJpeg } from "@/tests/data/fixtures.ts";

const quiet = () => {};

Deno.test("findBroken() lists what cannot be read or decoded, each with its reason", async () => {
  const whole = await noiseJpeg(1, 64, 48);
  const file = (path: string, bytes: MemoryFile["bytes"]): MemoryFile => ({ path, leaf: 0, bytes });
  const dataSet = memoryDataSet(1, {
    train: [
      file("cut.jpg", whole.slice(0, 700)),
      file("empty.jpg", new Uint8Array()),
      { ...file("huge.jpg", whole), size: 2 ** 30 },
      file("text.jpg", new TextEncoder().encode("not a picture")),
      file("whole.jpg", whole),
    ],
    test: [file("gone.jpg", null), file("whole.jpg", whole)],
  });
  const told: number[][] = [];
  const { decoded, of, broken } = await findBroken(dataSet, {
    sample: Infinity,
    onProgress: (done, total) => told.push([done, total]),
  });
  assert.deepEqual([decoded, of], [7, 7]);
  assert.deepEqual(told.at(-1), [7, 7]);
  assert.deepEqual(
    broken.map(({ split, path, reason }) => `${split} ${path}: ${reason}`).sort(),
    [
      "test gone.jpg: the file cannot be read: the disk is gone",
      "train cut.jpg: the image is cut short or damaged",
      "train empty.jpg: the file is empty",
      "train huge.jpg: the file has 1073741824 bytes",
      "train text.jpg: the file is not an image of a kind that is read (JPEG, PNG, WebP, GIF, TIFF, AVIF)",
    ],
  );
  assert.ok(!dataSet.readPaths.includes("huge.jpg") && !dataSet.readPaths.includes("empty.jpg"));
});

Deno.test("findBroken() finds an empty file that was not drawn", async () => {
  const bytes = await noiseJpeg(1);
  const files = Array.from({ length: 40 }, (_, i) => ({
    path: `${i}.jpg`,
    leaf: 0,
    bytes: i % 20 === 7 ? new Uint8Array() : bytes,
  }));
  const { broken } = await findBroken(memoryDataSet(1, { train: files, test: files.slice(0, 1) }), {
    sample: 2,
    onProgress: quiet,
  });
  assert.deepEqual(broken.map(({ path }) => path).toSorted(), ["27.jpg", "7.jpg"]);
});

Deno.test("findBroken() decodes at most so many images of each split, the same each time", async () => {
  const bytes = await noiseJpeg(1);
  const files = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ path: `${i}.jpg`, leaf: 0, bytes }));
  const dataSet = memoryDataSet(1, { train: files(50), test: files(4) });
  const { decoded, of, broken } = await findBroken(dataSet, { sample: 10, onProgress: quiet });
  assert.deepEqual([decoded, of, broken.length], [14, 54, 0]);
  const first = dataSet.readPaths.splice(0);
  assert.equal(new Set(first.slice(0, 10)).size, 10);
  await findBroken(dataSet, { sample: 10, onProgress: quiet });
  assert.deepEqual(dataSet.readPaths, first);
});
