import assert from "node:assert/strict";
import { type PackedImage, readPack } from "@/lib/data/pack.ts";
import { packLabelFiles, readPackLabels } from "@/lib/data/pack_labels.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

const leaves = ["a", "b", "c"].map((name) => ({ name, path: [name] }));

async function* imagesOf(labels: readonly number[], px: number): AsyncGenerator<PackedImage> {
  for (const leaf of labels) {
    yield await Promise.resolve({ image: new Uint8Array(px * px * 3).fill(leaf), leaf });
  }
}

/** Writes a pack of images of a side, and one without labels. */
async function write(folder: string, px: number): Promise<void> {
  async function* unlabelled(): AsyncGenerator<PackedImage> {
    yield await Promise.resolve({ image: new Uint8Array(px * px * 3), leaf: null });
  }
  await writePack(folder, {
    px,
    hierarchy: { levels: ["kind"], leaves },
    train: imagesOf([2, 0, 1, 1], px),
    test: imagesOf([1], px),
    unlabelled: unlabelled(),
  });
}

for (const px of [4, 100]) {
  Deno.test(`readPackLabels() tells what readPack() does where there are no images any more, at ${px} px`, () =>
    inTempDir(async (dir) => {
      await write(dir, px);
      const { split, ...whole } = await readPack(dir);
      const expected = [split("train").labels, split("test").labels];
      for (const { name } of [...Deno.readDirSync(dir)]) {
        if (!packLabelFiles.some((file) => file === name)) await Deno.remove(`${dir}/${name}`);
      }
      const { labels, ...told } = await readPackLabels(dir);
      assert.deepEqual(told, whole);
      assert.deepEqual([labels("train"), labels("test")], expected);
      assert.deepEqual([...labels("train")], [2, 0, 1, 1]);
      await assert.rejects(readPack(dir), inputError("the packed data are damaged"));
    }));
}

Deno.test("readPackLabels() refuses labels that are cut short or no leaf, naming their file", () =>
  inTempDir(async (dir) => {
    await write(dir, 4);
    await Deno.writeFile(`${dir}/test.labels`, Uint8Array.of(3, 0));
    const { labels } = await readPackLabels(dir);
    assert.throws(() => labels("test"), inputError(`${dir}/test.labels: `, "has the label 3"));
    await Deno.truncate(`${dir}/train.labels`, 6);
    await assert.rejects(
      readPackLabels(dir),
      inputError(`${dir}/train.labels: `, "it has 6 bytes in place of 8"),
    );
  }));
