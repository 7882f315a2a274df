import assert from "node:assert/strict";
import { unlabelledMethods } from "@/dsl/mod.ts";
import { checkRole } from "@/lib/cli/data_check.ts";
import type { Binding } from "@/lib/data/adapters/mod.ts";
import { comparePublished } from "@/lib/cli/data_published.ts";
import { imageFiles, inTempDir, noiseJpeg, writeFolder } from "@/tests/data/fixtures.ts";

const check = (role: string, binding: Binding) =>
  inTempDir((memo) => checkRole(role, binding, { sample: Infinity, memo, onProgress: () => {} }));

Deno.test("checkRole() finds nothing wrong with a whole image folder", () =>
  inTempDir(async (path) => {
    await writeFolder(path, await imageFiles(["ant", "bee", "cat"], { perClass: 4 }));
    const checked = await check("mine", { dataset: "image-folder", path });
    assert.deepEqual([checked.problems, checked.findings], [[], []]);
    assert.deepEqual(checked.train, {
      images: 12,
      least: 4,
      median: 4,
      most: 4,
      single: 0,
      without: [],
    });
    assert.deepEqual([checked.pictures?.decoded, checked.pictures?.of], [15, 15]);
  }));

Deno.test("checkRole() says in a sentence each what is wrong", () =>
  inTempDir(async (path) => {
    const files = await imageFiles(["ant", "bee"], { perClass: 3 });
    const odd = await noiseJpeg(99, 64, 48);
    await writeFolder(path, {
      ...files,
      "train/bee/copy.jpg": files["test/ant/0.jpg"]!,
      "train/bee/cut.jpg": odd.slice(0, 900),
      "train/bee/none.jpg": "",
      "train/cat/0.jpg": odd,
    });
    const { problems, findings, train, test } = await check("mine", {
      dataset: "image-folder",
      path,
    });
    assert.deepEqual([train?.images, test?.images], [10, 2]);
    assert.deepEqual(findings, [
      {
        name: "test-images-in-train",
        sentence:
          "1 test image stands among the training images: test/ant/0.jpg is train/bee/copy.jpg",
      },
      {
        name: "classes-without-test-images",
        sentence: "1 class without a test image: cat",
      },
      { name: "empty-files", sentence: "1 file is empty: train/bee/none.jpg" },
    ]);
    assert.deepEqual(problems, [
      "1 broken: train: train/bee/cut.jpg (the image is cut short or damaged)",
    ]);
  }));

Deno.test("checkRole() counts images without labels, decodes them, and notes what the data set cannot be used for", () =>
  inTempDir(async (path) => {
    await writeFolder(path, { "unlabelled/0.jpg": await noiseJpeg(1), "unlabelled/a/1.jpg": "" });
    const alone = await check("mine", { dataset: "image-folder", path });
    assert.deepEqual([alone.unlabelled, alone.train, alone.test], [2, undefined, undefined]);
    assert.deepEqual(alone.problems, []);
    assert.deepEqual(alone.findings, [
      { name: "empty-files", sentence: "1 file is empty: unlabelled/a/1.jpg" },
    ]);
    assert.deepEqual(alone.notes, [
      `no training image has a label: only ${unlabelledMethods.slice(0, -1).join(", ")} and ${
        unlabelledMethods.at(-1)
      } can use it`,
    ]);
    await writeFolder(path, { "train/a/0.jpg": await noiseJpeg(2) });
    await Deno.remove(`${path}/unlabelled`, { recursive: true });
    const trained = await check("mine", { dataset: "image-folder", path });
    assert.deepEqual([trained.unlabelled, trained.train?.images, trained.problems], [
      undefined,
      1,
      [],
    ]);
    assert.deepEqual(trained.notes, [
      "there are no test images: methods can train on it, but probes cannot",
      "1 class has a single training image",
    ]);
  }));

Deno.test("checkRole() gives what a data set cannot be opened for as its problem", () =>
  inTempDir(async (path) => {
    const { problems, train } = await check("mine", { dataset: "image-folder", path });
    assert.equal(problems.length, 1);
    assert.ok(problems[0]!.startsWith(path));
    assert.equal(train, undefined);
  }));

Deno.test("checkRole() of a world has its tree, and nothing to read", async () => {
  const { levels, problems, pictures } = await check("aerial", {
    dataset: "world",
    world: "aerial",
  });
  assert.ok(levels!.length > 1 && levels!.at(-1)!.classes > levels![0]!.classes);
  assert.deepEqual(problems, []);
  assert.equal(pictures, undefined);
});

Deno.test("checkRole() notes how a file was understood that could mean several things", () =>
  inTempDir(async (path) => {
    const images = ["n01440764/1", "n01443537/1"].map((name) => `train/${name}.JPEG`);
    const val = [1, 2].map((i) => `val/ILSVRC2012_val_0000000${i}.JPEG`);
    for (const [i, name] of [...images, ...val].entries()) {
      await writeFolder(path, { [name]: await noiseJpeg(i) });
    }
    await writeFolder(path, { "val.txt": val.map((name, i) => `${name} ${1 - i}\n`).join("") });
    const { problems, notes } = await check("objects", {
      dataset: "imagenet",
      train: `${path}/train`,
      validation: `${path}/val`,
      ground_truth: `${path}/val.txt`,
    });
    assert.deepEqual(problems, []);
    assert.equal(
      notes[0],
      `${path}/val.txt is read as a name and a number a line, which counts the sorted WordNet ids from 0`,
    );
  }));

Deno.test("comparePublished() notes other counts than the publisher's, and knows sets of two sizes", () => {
  assert.deepEqual(comparePublished("inat21", { train: 500_000, test: 100_000 }), []);
  assert.deepEqual(comparePublished("image-folder", { train: 3, test: 1 }), []);
  assert.deepEqual(comparePublished("imagenet", { train: 1_281_166, test: 50_000 }), [
    "as published it has 1281167 training images, here 1281166",
  ]);
});
