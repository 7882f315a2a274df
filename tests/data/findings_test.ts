import assert from "node:assert/strict";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import { readContent } from "@/lib/data/checks/content.ts";
import { sameImages } from "@/lib/data/checks/duplicates.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { type Finding, findingsOf } from "@/lib/data/findings.ts";
import { memoryDataSet, type MemoryFile } from "@/tests/data/memory_data_set.ts";
import { imageFiles, inTempDir, tarOf } from "@/tests/data/fixtures.ts";

let next = 0;
/** A file like no other. */
const file = (path: string, leaf: number): MemoryFile => ({
  path,
  leaf,
  bytes: new TextEncoder().encode(`${next++}`),
});

async function judged(data: DataSet): Promise<readonly Finding[]> {
  const content = await readContent(data);
  return findingsOf(data, { content, same: await sameImages(data, content) });
}

const whole = () => ({
  train: [file("train/a", 0), file("train/b", 1)],
  test: [file("test/a", 0), file("test/b", 1)],
});

Deno.test("findingsOf() finds nothing wrong with a whole data set", async () => {
  assert.deepEqual(await judged(memoryDataSet(2, whole())), []);
});

Deno.test("findingsOf() names the test images among the training images, each once", async () => {
  const { train, test } = whole();
  const copies = Array.from({ length: 6 }, (_, i) => ({ ...train[0]!, path: `test/copy${i}` }));
  const data = memoryDataSet(2, {
    train: [...train, { ...train[0]!, path: "train/again" }],
    test: [...test, ...copies],
  });
  const [finding, ...others] = await judged(data);
  assert.equal(finding!.name, "test-images-in-train");
  assert.match(
    finding!.sentence,
    /^6 test images stand among the training images: test\/copy0 is train\/a, .*, and 1 more$/,
  );
  assert.deepEqual(others, []);
});

Deno.test("findingsOf() names the classes without training or test images, if there are any of the kind", async () => {
  const { train, test } = whole();
  assert.deepEqual(await judged(memoryDataSet(3, { train, test: [...test, file("test/c", 2)] })), [{
    name: "classes-without-train-images",
    sentence: "1 class without a train image: class 2",
  }]);
  assert.deepEqual(await judged(memoryDataSet(3, { train, test: [test[0]!] })), [
    {
      name: "classes-without-train-images",
      sentence: "1 class without a train image: class 2",
    },
    {
      name: "classes-without-test-images",
      sentence: "2 classes without a test image: class 1, class 2",
    },
  ]);
  assert.deepEqual(await judged(memoryDataSet(2, { train, test: [] })), []);
});

Deno.test("findingsOf() names classes that have a folder and no image at all", async () => {
  const data = { ...memoryDataSet(2, whole()), emptyClasses: ["ghost"] };
  assert.deepEqual((await judged(data)).map(({ sentence }) => sentence), [
    "1 class without a train image: ghost",
    "1 class without a test image: ghost",
  ]);
});

Deno.test("findingsOf() tells of a single class, and of empty files", async () => {
  const empty = { path: "train/none", leaf: 0, bytes: new Uint8Array() };
  const data = memoryDataSet(1, { train: [file("a", 0), empty], test: [file("b", 0)] });
  assert.deepEqual(await judged(data), [
    {
      name: "one-class",
      sentence: 'there is one class, "class 0", so that every accuracy is 100 %',
    },
    { name: "empty-files", sentence: "1 file is empty: train/none" },
  ]);
});

Deno.test("findingsOf() finds shards that are given twice, by name or as a copy, and no others", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["a", "b"], { perClass: 2 });
    const shard = (split: string) =>
      tarOf(
        Object.entries(files).filter(([path]) => path.startsWith(split))
          .map(([path, bytes]) => [path.slice(split.length + 1), bytes] as const),
      );
    await Deno.writeFile(`${dir}/train.tar`, await shard("train"));
    await Deno.copyFile(`${dir}/train.tar`, `${dir}/copy.tar`);
    await Deno.writeFile(`${dir}/test.tar`, await shard("test"));
    const judge = async (train: string[], test: string[]) => {
      const paths = (names: string[]) => names.map((name) => `${dir}/${name}.tar`);
      using data = await openDataSet({
        dataset: "tar-shards",
        train: paths(train),
        test: paths(test),
      });
      return await judged(data);
    };
    assert.deepEqual(await judge(["train"], ["test"]), []);
    assert.deepEqual(await judge(["train", "copy", "train"], ["test"]), [{
      name: "overlapping-shards",
      sentence: `2 archives are given twice, as itself or as a copy: ${dir}/copy.tar is ` +
        `${dir}/train.tar, ${dir}/train.tar is ${dir}/train.tar`,
    }]);
    const both = await judge(["train", "test"], ["test"]);
    assert.deepEqual(both.map(({ name }) => name), ["test-images-in-train", "overlapping-shards"]);
  }));

Deno.test("findingsOf() asks no test images of a set that is pretrained on alone, and finds test images without labels", async () => {
  const alone = { train: [file("train/a", 0)], test: [], unlabelled: [file("more", 0)] };
  assert.deepEqual(await judged(memoryDataSet(1, alone)), []);
  const { train, test } = whole();
  const unlabelled = [{ ...test[1]!, path: "unlabelled/copy" }];
  assert.deepEqual(await judged(memoryDataSet(2, { train, test, unlabelled })), [{
    name: "test-images-in-train",
    sentence: "1 test image stands among the training images: test/b is unlabelled/copy",
  }]);
});
