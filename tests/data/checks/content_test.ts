import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { sha256 } from "@/lib/base/sha256.ts";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import { addressOf, countImages, hashAt, readContent } from "@/lib/data/checks/content.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { memoryDataSet } from "@/tests/data/memory_data_set.ts";
import {
  type Files,
  imageFiles,
  inputError,
  inTempDir,
  tarOf,
  writeFolder,
} from "@/tests/data/fixtures.ts";

/** The hash of each image by its path, and those of the archives. */
async function contentOf(data: DataSet) {
  const told: number[] = [];
  const { images, trees } = await readContent(data, (done) => told.push(done));
  assert.deepEqual(told, Array.from({ length: countImages(data) }, (_, i) => i + 1));
  const hashes = Array.from({ length: countImages(data) }, (_, i) => {
    const { split, index } = addressOf(data, i);
    return [data[split].file(index).path, hashAt(images, i)];
  });
  return { images: Object.fromEntries(hashes), trees };
}

function expected(files: Files) {
  const images = Object.entries(files).filter(([path]) => path.endsWith(".jpg"));
  return Object.fromEntries(images.map(([path, bytes]) => [path, sha256(bytes)]));
}

Deno.test("readContent() hashes every image of a folder, a tar and a compressed tar alike, and the archives as files", () =>
  inTempDir(async (dir) => {
    const files: Files = {
      ...await imageFiles(["a", "b"], { perClass: 3 }),
      "train/a/large.jpg": new Uint8Array(3_000_000).fill(7),
      "train/b/empty.jpg": new Uint8Array(),
      "labels.tsv": "x\ty\na\tc\nb\tc\n",
    };
    const tar = await tarOf(files);
    // Bytes behind the end of the compressed stream are the file's too.
    const packed = new Uint8Array([...gzipSync(tar), ...new Uint8Array(2000)]);
    await writeFolder(`${dir}/set`, files);
    await Deno.writeFile(`${dir}/set.tar`, tar);
    await Deno.writeFile(`${dir}/set.tar.gz`, packed);
    const trees = { "set": "", "set.tar": sha256(tar), "set.tar.gz": sha256(packed) };
    for (const [name, tree] of Object.entries(trees)) {
      using data = await openDataSet({ dataset: "image-folder", path: `${dir}/${name}` });
      assert.deepEqual(await contentOf(data), { images: expected(files), trees: [tree] }, name);
    }
  }));

Deno.test("readContent() hashes the pictures of a data set whose images have no files", async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const data = memoryDataSet(1, {
    train: [{ path: "a", leaf: 0, bytes }],
    test: [{ path: "b", leaf: 0, bytes: Uint8Array.of(4) }],
  });
  const { images } = await contentOf(data);
  assert.deepEqual(images, { a: sha256(bytes), b: sha256(Uint8Array.of(4)) });
});

Deno.test("readContent() names what cannot be read", async () => {
  const data = memoryDataSet(1, {
    train: [{ path: "gone.jpg", leaf: 0, bytes: null }],
    test: [],
  });
  await assert.rejects(
    readContent(data),
    inputError("gone.jpg: the file cannot be read: the disk is gone"),
  );
});

Deno.test("addressOf() counts through the splits, and refuses more than there are", () => {
  const file = { path: "a", leaf: 0, bytes: new Uint8Array(1) };
  const data = memoryDataSet(1, { train: [file, { ...file, path: "b" }], test: [file] });
  assert.deepEqual([0, 1, 2].map((i) => addressOf(data, i)), [
    { split: "train", index: 0 },
    { split: "train", index: 1 },
    { split: "test", index: 0 },
  ]);
  assert.throws(() => addressOf(data, 3), RangeError);
});
