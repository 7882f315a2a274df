import assert from "node:assert/strict";
import sharp from "sharp";
import { contactRows, contactSheet } from "@/lib/data/contact_sheet.ts";
import { type Pack, type PackedImage, readPack, writePack } from "@/lib/data/pack.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

/** A pack of 4 px with 12 leaves in 4 families in 1 kingdom; image i has the grey value of its leaf. */
async function withPack(
  train: readonly number[],
  then: (pack: Pack) => Promise<void>,
): Promise<void> {
  const leaves = Array.from({ length: 12 }, (_, i) => {
    const path = [`leaf${i}`, `family${Math.floor(i / 3)}`, "all"];
    return { name: path[0]!, path };
  });
  async function* images(labels: readonly number[]): AsyncGenerator<PackedImage> {
    for (const leaf of labels) {
      yield await Promise.resolve({ image: new Uint8Array(48).fill(leaf * 10), leaf });
    }
  }
  await inTempDir(async (dir) => {
    const hierarchy = { levels: ["fine", "family", "kingdom"], leaves };
    const content = { px: 4, hierarchy, train: images(train), test: images([0]), skipped: [] };
    await writePack(dir, content);
    await then(await readPack(dir));
  });
}

const balanced = Array.from({ length: 60 }, (_, i) => i % 12);

Deno.test("contactRows() chooses the level that fits the rows, and images of each class without repeats", () =>
  withPack(balanced, async (pack) => {
    const of = (rows: number) => contactRows(pack, { columns: 8, rows, seed: 1 });
    assert.equal(of(1).level, "kingdom");
    assert.equal(of(4).level, "family");
    assert.equal(of(5).level, "family");
    assert.equal(of(12).level, "fine");
    const { rows } = of(4);
    assert.deepEqual(rows.map(({ name }) => name), ["family0", "family1", "family2", "family3"]);
    for (const [family, { images }] of rows.entries()) {
      assert.equal(new Set(images).size, 8);
      assert.ok(images.every((i) => Math.floor(balanced[i]! / 3) === family));
    }
    assert.deepEqual(of(4), of(4));
    assert.notDeepEqual(of(4), contactRows(pack, { columns: 8, rows: 4, seed: 2 }));
    await Promise.resolve();
  }));

Deno.test("contactRows() shows the largest classes where there are more than rows", () =>
  withPack([0, 3, 6, 6, 9, 9, 9], async (pack) => {
    const { rows } = contactRows(pack, { columns: 2, rows: 3, seed: 1 });
    assert.deepEqual(rows.map(({ name }) => name), ["family0", "family2", "family3"]);
    assert.deepEqual(rows.map(({ images }) => images.length), [1, 2, 2]);
    await Promise.resolve();
  }));

Deno.test("contactSheet() draws the rows with gaps, at the size asked for, as a PNG", () =>
  withPack(balanced, async (pack) => {
    for (const [px, options] of [[4, {}], [9, { px: 9 }]] as const) {
      const png = await contactSheet(pack, { columns: 3, rows: 4, seed: 1, ...options });
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.format, info.channels], ["raw", 3]);
      assert.deepEqual([info.width, info.height], [2 + 3 * (px + 2), 2 + 4 * (px + 2)]);
      const at = (x: number, y: number) => data[(y * info.width + x) * 3]!;
      const { rows } = contactRows(pack, { columns: 3, rows: 4, seed: 1 });
      assert.equal(at(0, 0), 255);
      assert.equal(at(2 + px, 2), 255);
      for (const [y, row] of rows.entries()) {
        for (const [x, image] of row.images.entries()) {
          const centre = (i: number) => 2 + i * (px + 2) + Math.floor(px / 2);
          assert.equal(at(centre(x), centre(y)), balanced[image]! * 10);
        }
      }
    }
  }));
