import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { imageFolder } from "@/lib/data/adapters/image_folder.ts";
import { assertPixels, labelled } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  imageFiles,
  inputError,
  inTempDir,
  tarOf,
  writeFolder,
} from "@/tests/data/fixtures.ts";

const open = (path: string) => imageFolder.open({ dataset: "image-folder", path });

/** The set as a folder, a tar and a compressed tar. */
async function writeKinds(dir: string, files: Files): Promise<string[]> {
  const tar = await tarOf(files);
  await writeFolder(`${dir}/set`, files);
  await Deno.writeFile(`${dir}/set.tar`, tar);
  await Deno.writeFile(`${dir}/set.tar.gz`, gzipSync(tar));
  return ["set", "set.tar", "set.tar.gz"].map((name) => `${dir}/${name}`);
}

Deno.test("image-folder reads a folder, a tar and a compressed tar with labels, in any script", () =>
  inTempDir(async (dir) => {
    const names = ["سمك", "z 🐟", "e\u0301ponge"];
    const files: Files = {
      ...await imageFiles(names, { perClass: 2, top: "top/" }),
      "top/labels.tsv": "fine\tcoarse\nسمك\tحيوان\nz 🐟\tحيوان\n\u00e9ponge\tobjet\n",
    };
    for (const path of await writeKinds(dir, files)) {
      using data = await open(path);
      assert.deepEqual(data.hierarchy, {
        levels: ["fine", "coarse"],
        leaves: [["z 🐟", "حيوان"], ["\u00e9ponge", "objet"], ["سمك", "حيوان"]]
          .map((path) => ({ name: path[0], path })),
      });
      for (const [split, count] of [["train", 6], ["test", 3]] as const) {
        const found = labelled(data, split);
        assert.equal(found.length, count);
        for (const [file, name] of found) {
          assert.equal(file.split("/").at(-2)!.normalize("NFC"), name);
        }
        await assertPixels(data, split, (file) => files[file]);
      }
    }
  }));

Deno.test({
  name: "image-folder names the labels that are wrong, and leaves no file open",
  sanitizeResources: true,
  fn: () =>
    inTempDir(async (dir) => {
      const files = { ...await imageFiles(["a", "b"], { perClass: 1 }), "labels.tsv": "fine\na\n" };
      for (const path of await writeKinds(dir, files)) {
        await assert.rejects(
          open(path),
          inputError(
            `${path}: labels.tsv: no line for 1 class folder: "b"`,
            "Add a line for each",
          ),
        );
      }
      await writeFolder(`${dir}/set`, { "labels.tsv": "fine\tcoarse\na\n" });
      await assert.rejects(
        open(`${dir}/set`),
        inputError(`${dir}/set/labels.tsv:2: this line has 1 cell, but the header has 2`),
      );
    }),
});

Deno.test("image-folder knows class folders without an image, of a folder and of a tar that has entries for them", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["a"], { perClass: 1 });
    await writeFolder(`${dir}/set`, files);
    await Deno.mkdir(`${dir}/set/train/ghost`);
    const entries = [{ name: "./train/ghost/", type: "directory" }] as const;
    await Deno.writeFile(`${dir}/set.tar`, await tarOf(files, entries));
    for (const name of ["set", "set.tar"]) {
      using data = await open(`${dir}/${name}`);
      assert.deepEqual(data.emptyClasses, ["ghost"]);
    }
  }));

Deno.test("image-folder tells of labels whose class has no image", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, {
      ...await imageFiles(["a"], { perClass: 1 }),
      "labels.tsv": "class\na\nb\n",
    });
    using data = await open(dir);
    assert.deepEqual(data.readAs, [`${dir}: labels.tsv has 1 class without an image: b`]);
  }));
