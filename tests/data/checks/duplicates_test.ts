import assert from "node:assert/strict";
import { readContent } from "@/lib/data/checks/content.ts";
import { sameImages } from "@/lib/data/checks/duplicates.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/data/memory_data_set.ts";

const file = (path: string, ...bytes: number[]): MemoryFile => ({
  path,
  leaf: 0,
  bytes: Uint8Array.from(bytes),
});

async function groupsOf(data: DataSet): Promise<string[]> {
  const groups = await sameImages(data, await readContent(data));
  return groups.map((group) =>
    group.map(({ split, index }) => `${split} ${data[split].file(index).path}`).join(", ")
  ).sort();
}

Deno.test("sameImages() groups images of one content, in both splits, whatever their size and name", async () => {
  const data = memoryDataSet(1, {
    train: [
      file("a", 1, 2, 3),
      file("b", 1, 2, 4),
      file("c", 9),
      file("d", 5, 6),
      file("d2", 5, 6),
    ],
    test: [file("w", 1, 2, 3), file("x", 5, 6), file("y", 7, 7), file("z", 3, 2, 1), file("z2", 8)],
  });
  assert.deepEqual(await groupsOf(data), ["train a, test w", "train d, train d2, test x"]);
});

Deno.test("sameImages() takes no two empty files for the same image", async () => {
  const data = memoryDataSet(1, { train: [file("a"), file("b")], test: [file("c")] });
  assert.deepEqual(await groupsOf(data), []);
});

Deno.test("sameImages() finds one pair among many", async () => {
  const train = Array.from({ length: 3000 }, (_, i) => file(`${i}`, i & 255, i >> 8));
  const data = memoryDataSet(1, { train, test: [file("test", 2999 & 255, 2999 >> 8)] });
  assert.deepEqual(await groupsOf(data), ["train 2999, test test"]);
});

Deno.test("sameImages() takes equal rasters for copies unless they are of one colour", async () => {
  const sea = [1, 2, 3, 1, 2, 3], coast = [1, 2, 3, 1, 2, 4];
  const rasters: Record<string, number[]> = { a: sea, b: coast, x: sea, y: coast };
  const named = (path: string) => file(path, ...rasters[path]!);
  const files = memoryDataSet(1, { train: ["a", "b"].map(named), test: ["x", "y"].map(named) });
  const data: DataSet = {
    ...files,
    read: (split, index) => {
      const pixels = Uint8Array.from(rasters[files[split].file(index).path]!);
      return Promise.resolve({ pixels, width: 2, height: 1 });
    },
  };
  assert.deepEqual(await groupsOf(data), ["train b, test y"]);
});
