import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { inat21 } from "@/lib/data/adapters/inat21.ts";
import { classesAt } from "@/lib/data/hierarchy.ts";
import { category, folder, type Listing, split } from "@/tests/data/adapters/inat21_made.ts";
import { assertPixels, hashOf, labelled, withOtherByte } from "@/tests/data/adapters/opened.ts";
import { inputError, inTempDir, tarOf, writeFolder, writeTar } from "@/tests/data/fixtures.ts";

/** Binds what `writeSet()` writes, in another form where that is named. */
function bindingAt(dir: string, forms: { train?: string; val?: string } = {}) {
  const { train = "train_mini", val = "val" } = forms;
  return {
    dataset: "inat21",
    train: `${dir}/${train}`,
    train_json: `${dir}/train_mini.json`,
    val: `${dir}/${val}`,
    val_json: `${dir}/val.json`,
  } as const;
}

/** Writes a set of two training images and one test image a species; gives the images. */
async function writeSet(dir: string) {
  const train = await split("train_mini", 2), val = await split("val", 1);
  await writeFolder(dir, {
    ...train.files,
    ...val.files,
    "train_mini.json": JSON.stringify(train.json),
    "val.json": JSON.stringify(val.json, null, 2),
  });
  return { train, val };
}

Deno.test("inat21 reads folders, tars and compressed tars, with seven ranks", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeSet(dir);
    await writeTar(`${dir}/train_mini.tar`, train.files);
    await Deno.writeFile(`${dir}/train_mini.tar.gz`, gzipSync(await tarOf(train.files)));
    await writeTar(`${dir}/val.tar`, val.files);
    for (
      const forms of [{}, { train: "train_mini.tar", val: "val.tar" }, {
        train: "train_mini.tar.gz",
      }]
    ) {
      using data = await inat21.open(bindingAt(dir, forms));
      const { hierarchy } = data;
      assert.deepEqual(hierarchy.levels, [
        "species",
        "genus",
        "family",
        "order",
        "class",
        "phylum",
        "kingdom",
      ]);
      assert.deepEqual(
        hierarchy.levels.map((level) => classesAt(hierarchy, level).names.length),
        [4, 4, 3, 3, 3, 3, 2],
      );
      assert.deepEqual(hierarchy.leaves[1], {
        name: "Corvus corax",
        path: [
          "Corvus corax",
          "Corvus",
          "Corvidae",
          "Passeriformes",
          "Aves",
          "Chordata",
          "Animalia",
        ],
      });
      for (const [name, { files }] of [["train", train], ["test", val]] as const) {
        const found = labelled(data, name);
        assert.equal(found.length, Object.keys(files).length);
        for (const [path, species] of found) {
          const [, , , , , , genus, epithet] = path.split("/").at(-2)!.split("_");
          assert.equal(species, `${genus} ${epithet}`);
        }
        const fileOf = (path: string) =>
          Object.entries(files).find(([file]) => file.endsWith(path))?.[1];
        await assertPixels(data, name, fileOf);
      }
    }
  }));

Deno.test("inat21's identity depends on bytes and labels alone, not on the place", () =>
  inTempDir(async (dir) => {
    const { train } = await writeSet(`${dir}/a`);
    await writeSet(`${dir}/elsewhere/b`);
    const hash = await hashOf(inat21.open(bindingAt(`${dir}/a`)));
    assert.equal(await hashOf(inat21.open(bindingAt(`${dir}/elsewhere/b`))), hash);
    const [path] = Object.keys(train.files);
    await writeFolder(`${dir}/elsewhere/b`, withOtherByte(train.files, path!));
    assert.notEqual(await hashOf(inat21.open(bindingAt(`${dir}/elsewhere/b`))), hash);
  }));

Deno.test("inat21 knows folders in either Unicode form", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeSet(dir);
    const [composed, decomposed] = ["00001_Citt\u00e0_鳥 🐦", "00001_Citta\u0300_鳥 🐦"];
    for (const { json, files } of [train, val]) {
      json.categories[1]!["image_dir_name"] = composed;
      for (const image of json.images) {
        image["file_name"] = String(image["file_name"]).replace(folder(1), decomposed);
      }
      for (const path of Object.keys(files).filter((path) => path.includes(folder(1)))) {
        await Deno.mkdir(`${dir}/${path.split("/")[0]}/${decomposed}`, { recursive: true });
        await Deno.rename(`${dir}/${path}`, `${dir}/${path.replace(folder(1), decomposed)}`);
      }
    }
    for (const name of ["train_mini", "val"]) await Deno.remove(`${dir}/${name}/${folder(1)}`);
    await writeFolder(dir, {
      "train_mini.json": JSON.stringify(train.json),
      "val.json": JSON.stringify(val.json),
    });
    using data = await inat21.open(bindingAt(dir));
    const found = labelled(data, "train").filter(([, name]) => name === "Corvus corax");
    assert.equal(found.length, 2);
    assert.ok(await data.read("test", 1));
  }));

Deno.test("inat21 refuses folders that do not hold what the json lists", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeSet(dir);
    const unpack = "Unpack the whole set";
    const [first] = Object.keys(train.files);

    await Deno.remove(`${dir}/${first}`);
    await assert.rejects(
      inat21.open(bindingAt(dir)),
      inputError(
        `${dir}/train_mini: the folder ${folder(0)} has 1 images, and its json lists 2`,
        unpack,
      ),
    );
    // A class with no image at all.
    await Deno.remove(`${dir}/train_mini/${folder(0)}`, { recursive: true });
    await assert.rejects(
      inat21.open(bindingAt(dir)),
      inputError(
        `${dir}/train_mini: the folder ${folder(0)} has 0 images, and its json lists 2`,
        unpack,
      ),
    );
    await writeFolder(dir, train.files);

    await writeFolder(dir, { "val/extra/1.jpg": "x" });
    await assert.rejects(
      inat21.open(bindingAt(dir)),
      inputError(
        `${dir}/val: extra/1.jpg: its folder "extra" is not a category of ${dir}/train_mini.json`,
      ),
    );
    await Deno.remove(`${dir}/val/extra`, { recursive: true });

    const three: Listing = {
      ...val.json,
      categories: val.json.categories.slice(0, 3),
      images: val.json.images.slice(0, 3),
      annotations: val.json.annotations.slice(0, 3),
    };
    await Deno.writeTextFile(`${dir}/val.json`, JSON.stringify(three));
    await assert.rejects(
      inat21.open(bindingAt(dir)),
      inputError(`${dir}/val: the folder ${folder(3)} has 1 images, and its json lists 0`),
    );
    three.categories.push({ ...category(3), image_dir_name: "another" });
    await Deno.writeTextFile(`${dir}/val.json`, JSON.stringify(three));
    await Deno.remove(`${dir}/val/${folder(3)}`, { recursive: true });
    await assert.rejects(
      inat21.open(bindingAt(dir)),
      inputError(`${dir}/val: its json has the category another, which the training json has not`),
    );
  }));
