import assert from "node:assert/strict";
import { countLevels, countSplit } from "@/lib/data/class_counts.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/data/memory_data_set.ts";

const files = (leaves: readonly number[]): MemoryFile[] =>
  leaves.map((leaf, i) => ({ path: `${i}.jpg`, leaf, bytes: new Uint8Array(1) }));

Deno.test("countSplit() tells the smallest, the middle and the largest class, and those without an image", () => {
  const dataSet = memoryDataSet(4, { train: files([0, 0, 0, 0, 1, 1, 1, 3]), test: files([2]) });
  assert.deepEqual(countSplit(dataSet, "train"), {
    images: 8,
    least: 0,
    median: 2,
    most: 4,
    single: 1,
    without: ["class 2"],
  });
  assert.deepEqual(countSplit(dataSet, "test"), {
    images: 1,
    least: 0,
    median: 0,
    most: 1,
    single: 1,
    without: ["class 0", "class 1", "class 3"],
  });
});

Deno.test("countSplit() tells classes of one name apart by what stands above them", () => {
  const { train, test, ...dataSet } = memoryDataSet(2, { train: files([0]), test: [] });
  const leaves = ["here", "there"].map((place) => ({ name: "oak", path: ["oak", place] }));
  const hierarchy = { levels: ["class", "place"], leaves };
  assert.deepEqual(countSplit({ ...dataSet, train, test, hierarchy }, "train").without, [
    "there > oak",
  ]);
});

Deno.test("countLevels() counts the classes of every level, coarsest first", () => {
  const { hierarchy } = memoryDataSet(5, { train: [], test: [] });
  assert.deepEqual(countLevels(hierarchy), [
    { level: "family", classes: 3 },
    { level: "class", classes: 5 },
  ]);
});
