import assert from "node:assert/strict";
import { readContent } from "@/lib/data/checks/content.ts";
import { sameImages } from "@/lib/data/checks/duplicates.ts";
import { notesOf } from "@/lib/data/checks/notes.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/data/memory_data_set.ts";

let next = 0;
const files = (split: string, leaves: readonly number[]): MemoryFile[] =>
  leaves.map((leaf, i) => ({
    path: `${split}/${i}`,
    leaf,
    bytes: new TextEncoder().encode(`${next++}`),
  }));

async function notes(data: DataSet): Promise<readonly string[]> {
  return notesOf(data, await sameImages(data, await readContent(data)));
}

const tests = () => files("test", Array.from({ length: 60 }, (_, i) => i % 4));

Deno.test("notesOf() has nothing to say of a whole data set", async () => {
  const train = files("train", [0, 0, 1, 1, 2, 2, 3, 3]);
  assert.deepEqual(await notes(memoryDataSet(4, { train, test: tests() })), []);
});

Deno.test("notesOf() counts what is left out by extension", async () => {
  const train = files("train", [0, 0, 1, 1, 2, 2, 3, 3]);
  const data = memoryDataSet(4, { train, test: tests() });
  assert.deepEqual(await notes({ ...data, leftOut: { ".heic": 3, "": 1 } }), [
    "4 files are left out, in no image format that is read: 3 .heic, 1 without extension",
  ]);
});

Deno.test("notesOf() tells of training images that stand there twice, and of those with two labels", async () => {
  const train = files("train", [0, 0, 1, 1, 2, 2, 3, 3]);
  const copies = [
    { ...train[0]!, path: "train/same" },
    { ...train[2]!, path: "train/other", leaf: 3 },
  ];
  const data = memoryDataSet(4, { train: [...train, ...copies], test: tests() });
  assert.deepEqual(await notes(data), [
    "2 training images are copies of another",
    "1 training image has two labels: train/other is train/2",
  ]);
});

Deno.test("notesOf() tells of classes of one image, of few test images, and of levels of one class", async () => {
  const data = memoryDataSet(2, { train: files("train", [0, 1, 1]), test: files("test", [0]) });
  assert.deepEqual(await notes(data), [
    "1 class has a single training image",
    "there is 1 test image, each of which is 100 points of accuracy",
    "the level family has one class, so that every accuracy there is 100 %",
  ]);
});
