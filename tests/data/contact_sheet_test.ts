import assert from "node:assert/strict";
import sharp from "sharp";
import { contactSheet } from "@/lib/data/contact_sheet.ts";
import { type PackedImage, readPack } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

Deno.test("contactSheet() draws the rows of a level with gaps, shrunk to the size asked for, as a PNG", () =>
  inTempDir(async (dir) => {
    // 12 leaves in 4 families; image i has the grey value of its leaf.
    const leaves = Array.from({ length: 12 }, (_, i) => {
      const path = [`leaf${i}`, `family${Math.floor(i / 3)}`];
      return { name: path[0]!, path };
    });
    async function* images(count: number): AsyncGenerator<PackedImage> {
      for (let i = 0; i < count; i++) {
        const leaf = i % 12;
        yield await Promise.resolve({ image: new Uint8Array(48).fill(leaf * 10), leaf });
      }
    }
    const hierarchy = { levels: ["fine", "family"], leaves };
    await writePack(dir, { px: 4, hierarchy, train: images(60), test: images(1) });
    const pack = await readPack(dir);
    for (const [asked, px] of [[9, 4], [2, 2]] as const) {
      const { png, rows } = await contactSheet(pack, {
        level: "family",
        columns: 3,
        rows: 6,
        seed: 1,
        px: asked,
      });
      assert.deepEqual(rows.map(({ name }) => name), ["family0", "family1", "family2", "family3"]);
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      assert.equal(info.channels, 3);
      assert.deepEqual([info.width, info.height], [2 + 3 * (px + 2), 2 + 4 * (px + 2)]);
      const at = (x: number, y: number) => data[(y * info.width + x) * 3]!;
      for (const [y, { images }] of rows.entries()) {
        for (const [x, image] of images.entries()) {
          assert.equal(at(2 + x * (px + 2), 2 + y * (px + 2)), image % 12 * 10);
        }
      }
      assert.equal(at(0, 0), 255);
    }
  }));
