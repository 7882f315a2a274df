import assert from "node:assert/strict";
import { findDuplicates } from "@/lib/cli/data_duplicates.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/cli/memory_data_set.ts";

const file = (path: string, ...bytes: number[]): MemoryFile => ({
  path,
  leaf: 0,
  bytes: Uint8Array.from(bytes),
});
const quiet = () => {};

Deno.test("findDuplicates() finds test images that are training images, and reads no file of another size", async () => {
  const dataSet = memoryDataSet(1, {
    train: [
      file("a", 1, 2, 3),
      file("b", 1, 2, 4),
      file("c", 9),
      file("d", 5, 6),
      file("d2", 5, 6),
    ],
    test: [file("w", 1, 2, 3), file("x", 5, 6), file("y", 7, 7, 7, 7), file("z", 3, 2, 1)],
  });
  assert.deepEqual(await findDuplicates(dataSet, { bytes: Infinity, onProgress: quiet }), {
    compared: 4,
    of: 4,
    pairs: [
      { train: "a", test: "w" },
      { train: "d", test: "x" },
      { train: "d2", test: "x" },
    ],
  });
  assert.deepEqual(dataSet.readPaths.toSorted(), ["a", "b", "d", "d2", "w", "x", "z"]);
});

Deno.test("findDuplicates() within a split finds nothing: only test against training counts", async () => {
  const dataSet = memoryDataSet(1, {
    train: [file("a", 1), file("b", 1)],
    test: [file("c", 2, 2), file("d", 2, 2)],
  });
  const { pairs } = await findDuplicates(dataSet, { bytes: Infinity, onProgress: quiet });
  assert.deepEqual(pairs, []);
});

Deno.test("findDuplicates() stops at about so many bytes, and says how many test images that settles", async () => {
  const sized = (name: string) =>
    Array.from({ length: 20 }, (_, i) => file(`${name}${i}`, ...new Array(100 + i).fill(i)));
  const dataSet = memoryDataSet(1, {
    train: sized("train"),
    test: [...sized("test"), file("alone", 1)],
  });
  const found = await findDuplicates(dataSet, { bytes: 1000, onProgress: quiet });
  // Each size costs about 220 bytes, so that five are read; the file that is alone in its size costs nothing.
  assert.deepEqual([found.compared, found.of, found.pairs.length], [6, 21, 5]);
  assert.deepEqual(await findDuplicates(dataSet, { bytes: 1000, onProgress: quiet }), found);
});

Deno.test("findDuplicates() passes over what cannot be read", async () => {
  const dataSet = memoryDataSet(1, {
    train: [{ path: "gone", leaf: 0, bytes: null, size: 2 }, file("a", 1, 2)],
    test: [file("b", 1, 2)],
  });
  const { pairs } = await findDuplicates(dataSet, { bytes: Infinity, onProgress: quiet });
  assert.deepEqual(pairs, [{ train: "a", test: "b" }]);
});

Deno.test("findDuplicates() takes equal rasters for copies unless they are of one colour", async () => {
  const raster = (...colours: number[][]) => Uint8Array.from(colours.flat());
  const sea = raster([1, 2, 3], [1, 2, 3]), coast = raster([1, 2, 3], [1, 2, 4]);
  const rasters: Record<string, Uint8Array> = { a: sea, b: coast, x: sea, y: coast };
  const named = (path: string) => ({ path, leaf: 0, bytes: rasters[path]! });
  const files = memoryDataSet(1, {
    train: ["a", "b"].map(named),
    test: ["x", "y"].map(named),
  });
  const dataSet: DataSet = {
    ...files,
    read: (split, index) =>
      Promise.resolve({ pixels: rasters[files[split].file(index).path]!, width: 2, height: 1 }),
  };
  const { pairs } = await findDuplicates(dataSet, { bytes: Infinity, onProgress: quiet });
  assert.deepEqual(pairs, [{ train: "b", test: "y" }]);
});
