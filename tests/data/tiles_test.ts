import assert from "node:assert/strict";
import sharp from "sharp";
import { tileSheet } from "@/lib/data/tiles.ts";

Deno.test("tileSheet() puts each pixel as a square where its tile stands, on white", async () => {
  const tile = (value: number) => new Uint8Array(12).fill(value);
  const png = await tileSheet([[tile(10), tile(20)], [tile(30)]], { px: 2, zoom: 3 });
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height, info.channels], [18, 18, 3]);
  const at = (x: number, y: number) => data[(y * 18 + x) * 3];
  assert.deepEqual([at(1, 1), at(2, 2), at(7, 7), at(8, 8)], [255, 10, 10, 255]);
  assert.deepEqual([at(10, 2), at(2, 10), at(10, 10)], [20, 30, 255]);
  const wide = await tileSheet([[tile(10)]], { px: 2, columns: 4 });
  assert.equal((await sharp(wide).metadata()).width, 2 + 4 * 4);
});
