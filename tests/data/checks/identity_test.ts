import assert from "node:assert/strict";
import { imageFolder } from "@/lib/data/adapters/image_folder.ts";
import { stampOf } from "@/lib/data/checks/identity.ts";
import { hashOf, withOtherByte } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  imageFiles,
  inTempDir,
  reversed,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const open = (path: string) => imageFolder.open({ dataset: "image-folder", path });

Deno.test("contentHash() of a folder knows paths, bytes and labels, and nothing else", () =>
  inTempDir(async (dir) => {
    const files: Files = {
      ...await imageFiles(["é", "b"], { perClass: 2 }),
      "labels.tsv": "x\ty\né\tc\nb\tc\n",
    };
    const variants = {
      same: { ...reversed(files), "notes.txt": "x", "train/.hidden.jpg": "x" },
      byte: withOtherByte(files, "train/b/1.jpg"),
      labels: { ...files, "labels.tsv": "x\ty\né\tc\nb\td\n" },
      swapped: {
        ...files,
        "train/b/0.jpg": files["train/b/1.jpg"]!,
        "train/b/1.jpg": files["train/b/0.jpg"]!,
      },
      decomposed: Object.fromEntries(
        Object.entries(files).map(([path, bytes]) => [path.normalize("NFD"), bytes]),
      ),
    };
    await writeFolder(`${dir}/first`, files);
    const hash = await hashOf(open(`${dir}/first`));
    assert.match(hash, /^[0-9a-f]{64}$/);
    const hashes = new Map<string, string>();
    for (const [name, variant] of Object.entries(variants)) {
      await writeFolder(`${dir}/${name}/set`, variant);
      hashes.set(name, await hashOf(open(`${dir}/${name}/set`)));
    }
    assert.equal(hashes.get("same"), hash);
    assert.equal(hashes.get("decomposed"), hash);
    assert.equal(new Set([hash, ...hashes.values()]).size, 4);
  }));

Deno.test("contentHash() of a tar is that of its bytes", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["a"], { perClass: 2 });
    await Deno.mkdir(`${dir}/c`);
    await writeTar(`${dir}/a.tar`, files);
    await writeTar(`${dir}/c/b.tar`, files);
    const hash = await hashOf(open(`${dir}/a.tar`));
    assert.equal(await hashOf(open(`${dir}/c/b.tar`)), hash);
    await writeTar(`${dir}/c/b.tar`, withOtherByte(files, "train/a/0.jpg"));
    assert.notEqual(await hashOf(open(`${dir}/c/b.tar`)), hash);
  }));

Deno.test("stampOf() changes with any file below its paths, and with nothing else", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, { "set/a/1.jpg": "one", "set/b.txt": "two", "list.csv": "three" });
    const paths = [`${dir}/set`, `${dir}/list.csv`];
    const stamps = [await stampOf(paths)];
    assert.equal(await stampOf(paths), stamps[0]);
    const changes = [
      () => Deno.writeTextFile(`${dir}/set/a/1.jpg`, "another"),
      () => Deno.writeTextFile(`${dir}/list.csv`, "four"),
      () => Deno.writeTextFile(`${dir}/set/a/2.jpg`, ""),
      () => Deno.rename(`${dir}/set/a/2.jpg`, `${dir}/set/a/3.jpg`),
      () => Deno.mkdir(`${dir}/set/empty`),
      () => Deno.remove(`${dir}/set/b.txt`),
    ];
    for (const change of changes) {
      await change();
      stamps.push(await stampOf(paths));
    }
    assert.equal(new Set(stamps).size, 7);
    await assert.rejects(stampOf([`${dir}/none`]));
  }));
