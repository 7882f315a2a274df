import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { tarShards } from "@/lib/data/adapters/tar_shards.ts";
import { assertPixels, hashOf, labelled, withOtherByte } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  tarOf,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const open = (train: string | string[], test: string | string[], labels?: string) =>
  tarShards.open({ dataset: "tar-shards", train, test, ...labels !== undefined && { labels } });

/** The images of one set by number, and their classes. */
const classes = ["猫", "dog", "dog", "caf\u00e9", "猫"];

/** One set as the shards of a form: training images 0 to 3 in two shards, test image 4 in one. */
async function shardsOf(form: "folders" | "cls" | "json" | "json class"): Promise<Files[]> {
  const files: Files[] = [{}, {}, {}];
  for (const [i, name] of classes.entries()) {
    const shard = files[Math.floor(i / 2)]!;
    const image = await noiseJpeg(i);
    if (form === "folders") shard[`${name}/000${i}.jpg`] = image;
    else {
      // What says the class stands before or after its image.
      const [extension, text] = form === "cls"
        ? ["cls", `${name}\n`]
        : ["json", JSON.stringify(form === "json" ? { label: name, x: 1 } : { class: name })];
      if (i % 2 === 0) shard[`train/000${i}.${extension}`] = text!;
      shard[`train/000${i}.jpg`] = image;
      if (i % 2 === 1) shard[`train/000${i}.${extension}`] = text!;
    }
  }
  return files;
}

for (const form of ["folders", "cls", "json", "json class"] as const) {
  Deno.test(`tar-shards reads classes from ${form}, in plain tars and in compressed ones`, () =>
    inTempDir(async (dir) => {
      const shards = await shardsOf(form);
      for (const extension of ["tar", "tar.gz", "tgz"]) {
        const paths = shards.map((_, i) => `${dir}/${i}.${extension}`);
        for (const [i, files] of shards.entries()) {
          const tar = await tarOf(files);
          await Deno.writeFile(paths[i]!, extension === "tar" ? tar : gzipSync(tar));
        }
        using data = await open(paths.slice(0, 2), paths[2]!);
        assert.deepEqual(data.hierarchy.levels, ["class"]);
        assert.deepEqual(data.hierarchy.leaves.map(({ name }) => name), ["café", "dog", "猫"]);
        const numbered = [...labelled(data, "train"), ...labelled(data, "test")]
          .map(([path, name]) => [Number(path.match(/000(\d)\.jpg$/)![1]), name]);
        // A compressed archive is listed in its own order, so that it is read once.
        const order = extension === "tar" ? [3, 1, 2, 0, 4] : [0, 1, 2, 3, 4];
        assert.deepEqual(numbered, order.map((i) => [i, classes[i]]));
        const all: Files = Object.assign({}, ...shards);
        await assertPixels(data, "train", (path) => all[path]);
        await assertPixels(data, "test", (path) => all[path]);
        // Back and forth.
        const last = await data.read("train", 3), first = await data.read("train", 0);
        assert.ok("encoded" in last && "encoded" in first);
        assert.deepEqual(last.encoded, new Uint8Array(all[data.train.file(3).path] as Uint8Array));
        assert.deepEqual(first.encoded, new Uint8Array(all[data.train.file(0).path] as Uint8Array));
      }
    }));
}

Deno.test("tar-shards reads images without classes from the shards unlabelled, beside others or alone", () =>
  inTempDir(async (dir) => {
    const images = await Promise.all([1, 2, 3, 4].map((seed) => noiseJpeg(seed)));
    const [one, two, three, four] = images as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    await writeTar(`${dir}/train.tar`, { "a/1.jpg": one });
    await writeTar(`${dir}/test.tar`, { "a/2.jpg": two });
    await writeTar(`${dir}/more-0.tar`, { "3.jpg": three, "3.json": '{"url": "x"}' });
    await writeTar(`${dir}/more-1.tar`, { "b/4.jpg": four });
    const unlabelled = [0, 1].map((i) => `${dir}/more-${i}.tar`);
    const labelled = { train: `${dir}/train.tar`, test: `${dir}/test.tar` };
    for (const beside of [labelled, {}]) {
      using data = await tarShards.open({ dataset: "tar-shards", ...beside, unlabelled });
      const paths = Array.from({ length: 2 }, (_, i) => data.unlabelled.file(i).path).sort();
      assert.deepEqual([data.unlabelled.length, paths], [2, ["3.jpg", "b/4.jpg"]]);
      const count = "train" in beside ? 1 : 0;
      assert.deepEqual([data.train.length, data.test.length], [count, count]);
      assert.deepEqual(
        data.hierarchy.leaves.map(({ name }) => name),
        "train" in beside ? ["a"] : [],
      );
      await assertPixels(data, "unlabelled", (path) => path === "3.jpg" ? three : four);
    }
  }));

Deno.test("tar-shards refuses a sample of several images without a class too, and nothing to train on", () =>
  inTempDir(async (dir) => {
    const image = await noiseJpeg(1);
    const unlabelled = `${dir}/more.tar`;
    const opened = () => tarShards.open({ dataset: "tar-shards", unlabelled });
    await writeTar(unlabelled, { "a.small.jpg": image, "a.large.jpg": image });
    (await opened())[Symbol.dispose]();
    await writeTar(unlabelled, {
      "a.jpg": image,
      "a.mask.png": image,
      "b.jpg": image,
      "b.txt": "b",
    });
    await assert.rejects(
      opened(),
      inputError(
        `${unlabelled}: the sample a: it has 2 images: a.jpg, a.mask.png. Give each sample one image`,
      ),
    );
    await writeTar(unlabelled, { "b.txt": "b" });
    await assert.rejects(opened(), inputError(`${unlabelled}: there are no images in it`));
    const only = tarShards.schema.safeParse({ dataset: "tar-shards", test: "x.tar" });
    assert.deepEqual(only.error?.issues.map(({ path }) => path), [["train"]]);
  }));

Deno.test("tar-shards takes numbers as classes, and a tree from labels", () =>
  inTempDir(async (dir) => {
    const image = await noiseJpeg(1);
    await writeTar(`${dir}/train.tar`, {
      "1.jpg": image,
      "1.cls": "7",
      "2.seg.png": image,
      "2.json": '{"label": 12}',
    });
    await writeTar(`${dir}/test.tar`, { "12/1.webp": image });
    await writeFolder(dir, { "labels.tsv": "fine\tcoarse\n7\tx\n12\ty\n13\ty\n" });
    using data = await open(`${dir}/train.tar`, `${dir}/test.tar`, `${dir}/labels.tsv`);
    assert.deepEqual(data.hierarchy, {
      levels: ["fine", "coarse"],
      leaves: [{ name: "12", path: ["12", "y"] }, { name: "7", path: ["7", "x"] }],
    });
    assert.deepEqual(labelled(data, "train"), [["2.seg.png", "12"], ["1.jpg", "7"]]);
  }));

Deno.test("tar-shards brings class names into one Unicode form", () =>
  inTempDir(async (dir) => {
    const image = await noiseJpeg(1);
    await writeTar(`${dir}/a.tar`, {
      "cafe\u0301/1.jpg": image,
      "caf\u00e9/2.jpg": image,
      "\u0633\u0645\u0643 \u{1f41f}/4.jpg": image,
    });
    using data = await open(`${dir}/a.tar`, `${dir}/a.tar`);
    assert.deepEqual(data.hierarchy.leaves.map(({ name }) => name), [
      "caf\u00e9",
      "\u0633\u0645\u0643 \u{1f41f}",
    ]);
    assert.deepEqual([...data.train.leaves], [0, 0, 1]);
    await writeTar(`${dir}/b.tar`, {
      "1.jpg": image,
      "1.cls": "cafe\u0301",
      "2.jpg": image,
      "2.json": '{"label": "caf\u00e9"}',
    });
    using samples = await open(`${dir}/b.tar`, `${dir}/b.tar`);
    assert.deepEqual(samples.hierarchy.leaves.map(({ name }) => name), ["caf\u00e9"]);
  }));

Deno.test("tar-shards takes the later of two equal paths", () =>
  inTempDir(async (dir) => {
    const [early, late, test] = [await noiseJpeg(1), await noiseJpeg(2), await noiseJpeg(3)];
    const tar = await tarOf([["a/1.jpg", early], ["b/1.jpg", test], ["./a/1.jpg", late]]);
    await Deno.writeFile(`${dir}/a.tar`, tar);
    await Deno.writeFile(`${dir}/a.tar.gz`, gzipSync(tar));
    for (const path of [`${dir}/a.tar`, `${dir}/a.tar.gz`]) {
      using data = await open(path, path);
      assert.equal(data.train.length, 2);
      await assertPixels(data, "train", (file) => file === "a/1.jpg" ? late : test);
    }
  }));

Deno.test("tar-shards' identity depends on bytes alone, not on the place", () =>
  inTempDir(async (dir) => {
    const [files] = await shardsOf("folders");
    await Deno.mkdir(`${dir}/b`);
    await writeTar(`${dir}/a.tar`, files!);
    await writeTar(`${dir}/b/c.tar`, files!);
    await writeTar(`${dir}/d.tar`, withOtherByte(files!, "dog/0001.jpg"));
    const hash = await hashOf(open(`${dir}/a.tar`, `${dir}/a.tar`));
    assert.equal(await hashOf(open(`${dir}/b/c.tar`, `${dir}/a.tar`)), hash);
    assert.notEqual(await hashOf(open(`${dir}/d.tar`, `${dir}/a.tar`)), hash);
    assert.notEqual(await hashOf(open(`${dir}/a.tar`, `${dir}/d.tar`)), hash);
    assert.notEqual(await hashOf(open([`${dir}/a.tar`, `${dir}/d.tar`], `${dir}/a.tar`)), hash);
  }));

const image = await noiseJpeg(5);
const refusals: readonly (readonly [string, Files, ...string[]])[] = [
  ["an image with no class", { "1.jpg": image }, "1.jpg: the image has no class", ".cls or .json"],
  [
    "a .cls that is empty",
    { "1.jpg": image, "1.cls": " \n" },
    "1.cls: it gives no class: ",
    "number or name",
  ],
  [
    "a .cls that is not UTF-8",
    { "1.jpg": image, "1.cls": new Uint8Array([0xe9, 0xff]) },
    "1.cls: the text is not UTF-8",
    "Write the shard again",
  ],
  ["a .json that is none", { "1.jpg": image, "1.json": "{" }, "1.json: it gives no class: {"],
  [
    "a .json without a class",
    { "1.jpg": image, "1.json": '{"id": 3}' },
    "the sample 1: its image 1.jpg has no class, and 1.json gives none",
    "as label or class",
  ],
  ["no image", { "readme.txt": "x" }, "there are no images in it", "key.jpg beside key.cls"],
  [
    "a path that leads out",
    { "../a/1.jpg": image },
    'the entry "../a/1.jpg" does not stay inside the archive',
  ],
];

for (const [name, files, ...says] of refusals) {
  Deno.test({
    name: `tar-shards refuses ${name}, and leaves no file open`,
    sanitizeResources: true,
    fn: () =>
      inTempDir(async (dir) => {
        const tar = await tarOf(files);
        await Deno.writeFile(`${dir}/a.tar`, tar);
        await Deno.writeFile(`${dir}/a.tar.gz`, gzipSync(tar));
        for (const path of [`${dir}/a.tar`, `${dir}/a.tar.gz`]) {
          await assert.rejects(open(path, path), inputError(`${path}: `, ...says));
        }
      }),
  });
}

Deno.test("tar-shards refuses shards that are cut short, and a class without a line", () =>
  inTempDir(async (dir) => {
    const tar = await tarOf({ "a/1.jpg": await noiseJpeg(1, 64, 64), "b/1.jpg": image });
    const spoiled: [string, Uint8Array][] = [
      ["a.tar", tar.subarray(0, 2000)],
      ["a.tar.gz", gzipSync(tar).subarray(0, 2000)],
      ["b.tar.gz", tar],
    ];
    for (const [name, bytes] of spoiled) {
      await Deno.writeFile(`${dir}/${name}`, bytes);
      await assert.rejects(
        open(`${dir}/${name}`, `${dir}/${name}`),
        inputError(`${dir}/${name}: the tar cannot be read`, "Copy or write it again"),
      );
    }
    await Deno.writeFile(`${dir}/good.tar`, tar);
    await writeFolder(dir, { "labels.tsv": "fine\na\n" });
    await assert.rejects(
      open(`${dir}/good.tar`, `${dir}/good.tar`, `${dir}/labels.tsv`),
      inputError(`${dir}/labels.tsv: no line for 1 class folder: "b"`, "Add a line for each"),
    );
  }));

/** Opens one shard as both splits. */
async function openOne(dir: string, files: Parameters<typeof tarOf>[0]) {
  await writeTar(`${dir}/one.tar`, files);
  return await open(`${dir}/one.tar`, `${dir}/one.tar`);
}

Deno.test("tar-shards gives each sample its own class, in any order, case and spelling", () =>
  inTempDir(async (dir) => {
    using data = await openOne(dir, {
      "22.0/1.jpg": image,
      "22.0/2.JPG": image,
      "23.0/1.Jpeg": image,
      "22.0/2.CLS": "\ufeff0\r\n",
      "22.0/1.cls": "1\n",
      "23.0/1.json": '{"label": 0, "class": "cat", "caption": "x", "width": 3}',
      "3.png": image,
      "3.json": '{"label": null, "class": " 1 "}',
      "3.txt": "a caption",
      "4.jpg": image,
      "4.cls": "1",
      "4.json": '{"id": 4}',
      "5.jpg": image,
      "5.cls": "cat",
      "5.json": '{"label": 7, "class": "cat"}',
      "dataset.json": '{"name": "mine"}',
      "__index__": "x",
    });
    assert.deepEqual(labelled(data, "train"), [
      ["22.0/2.JPG", "0"],
      ["23.0/1.Jpeg", "0"],
      ["22.0/1.jpg", "1"],
      ["3.png", "1"],
      ["4.jpg", "1"],
      ["5.jpg", "cat"],
    ]);
  }));

const own = { "0.jpg": image, "0.cls": "a" };
const spoiledSamples: readonly (readonly [string, Parameters<typeof tarOf>[0], string])[] = [
  [
    "keys with further dots",
    { "22.0/1.0.jpg": image, "22.0/1.0.cls": "a", "22.0/1.1.jpg": image, "22.0/1.1.cls": "b" },
    "the sample 22.0/1: it has 2 images: 1.0.jpg, 1.1.jpg",
  ],
  ["a mask", { ...own, "0.seg.png": image }, "the sample 0: it has 2 images: 0.jpg, 0.seg.png"],
  [
    "a left and a right image",
    { "x/0.left.jpg": image, "x/0.right.jpg": image, "x/0.cls": "a" },
    "the sample x/0: it has 2 images: 0.left.jpg, 0.right.jpg",
  ],
  ["an image in two kinds", { ...own, "0.png": image }, "the sample 0: it has 2 images"],
  [
    "a key that stands twice",
    [["0.jpg", image], ["0.cls", "a"], ["1.jpg", image], ["0.jpg", image], ["0.cls", "b"]],
    "the sample 0: it has 2 images: 0.jpg, 0.jpg",
  ],
  [
    "a class that is said twice",
    [["0.jpg", image], ["0.cls", "a"], ["0.cls", "a"]],
    "the sample 0: its class is given 2 times: 0.cls, 0.cls",
  ],
  [
    "classes that differ",
    { ...own, "0.json": '{"label": "b"}' },
    "the sample 0: its class is a in the .cls and b in the .json",
  ],
  [
    "a class without an image",
    { ...own, "1.cls": "b", "1.heic": image },
    "the sample 1: it has no image that is read, only 1.cls",
  ],
  [
    "an image in a folder among samples",
    { ...own, "cat/1.jpg": image },
    "the sample cat/1: its image 1.jpg has no class",
  ],
  [
    "a label that is null",
    { "0.jpg": image, "0.json": '{"label": null}' },
    "the sample 0: its image 0.jpg has no class, and 0.json gives none",
  ],
  ["a list of labels", { "0.jpg": image, "0.json": '{"label": [1]}' }, "0.json: it gives no class"],
  ["two lines in a .cls", { "0.jpg": image, "0.cls": "1\n2" }, "0.cls: it gives no class: 1"],
  ["labels alone", { "0.cls": "a", "1.cls": "b" }, "there are no images in it"],
  [
    "images of a form that is not read",
    { "0.parquet": "x", "1.parquet": "x" },
    "there are no images in it, only 2 .parquet (Parquet",
  ],
];

for (const [name, files, says] of spoiledSamples) {
  Deno.test(`tar-shards refuses ${name} by the sample's key`, () =>
    inTempDir(async (dir) => {
      await assert.rejects(openOne(dir, files), inputError(`${dir}/one.tar: `, says));
    }));
}

Deno.test("tar-shards keeps equal keys of several shards apart, and refuses an empty shard", () =>
  inTempDir(async (dir) => {
    await writeTar(`${dir}/a.tar`, { "0.jpg": await noiseJpeg(1), "0.cls": "a" });
    await writeTar(`${dir}/b.tar`, { "0.jpg": await noiseJpeg(2), "0.cls": "b" });
    await writeTar(`${dir}/empty.tar`, {});
    using data = await open([`${dir}/a.tar`, `${dir}/b.tar`], `${dir}/a.tar`);
    assert.deepEqual(labelled(data, "train"), [["0.jpg", "a"], ["0.jpg", "b"]]);
    await assert.rejects(
      open([`${dir}/a.tar`, `${dir}/empty.tar`], `${dir}/a.tar`),
      inputError(`${dir}/empty.tar: there are no images in it`),
    );
  }));

Deno.test("tar-shards refuses a split of both forms", () =>
  inTempDir(async (dir) => {
    await writeTar(`${dir}/a.tar`, own);
    await writeTar(`${dir}/b.tar`, { "a/0.jpg": image });
    await assert.rejects(
      open([`${dir}/a.tar`, `${dir}/b.tar`], `${dir}/a.tar`),
      inputError(`${dir}/b.tar: it has no .cls or .json beside its images, and ${dir}/a.tar has`),
    );
    await assert.rejects(
      open([`${dir}/b.tar`, `${dir}/a.tar`], `${dir}/a.tar`),
      inputError(`${dir}/a.tar: it has some .cls or .json beside its images`, "in one form"),
    );
  }));

Deno.test("tar-shards counts what it leaves out, and refuses a class of which nothing is read", () =>
  inTempDir(async (dir) => {
    await writeTar(`${dir}/a.tar`, { "a/0.jpg": image, "b/0.heic": "x", "a/._0.jpg": "x" });
    await writeTar(`${dir}/b.tar`, { "b/1.jpg": image, "a/x.txt": "x", "b/y": "x" });
    using data = await open([`${dir}/a.tar`, `${dir}/b.tar`], `${dir}/b.tar`);
    assert.deepEqual(data.leftOut, { "": 2, ".heic": 1 });
    await assert.rejects(
      open(`${dir}/a.tar`, `${dir}/a.tar`),
      inputError("no image of the class b is read: there are only 2 .heic", "remove the folder"),
    );
  }));
