import assert from "node:assert/strict";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import { drawImage, worldNames, worldTree } from "@/lib/worlds/mod.ts";

const size = { train: 90, test: 20, seed: 3 };

Deno.test("a world is a data set of as many pictures as are asked for, drawn at the side that is asked for", async () => {
  for (const world of worldNames) {
    using data = await openDataSet({ dataset: "world", world }, size);
    assert.deepEqual([data.train.length, data.test.length, data.unlabelled.length], [90, 20, 0]);
    assert.deepEqual(data.hierarchy, worldTree(world));
    for (const split of ["train", "test"] as const) {
      for (const [index, px] of [[0, 8], [7, 24], [19, 8]] as const) {
        const pixels = new Uint8Array(px * px * 3);
        const leaf = drawImage(world, { seed: 3, split, index, size: px }, pixels);
        assert.equal(data[split].leaves[index], leaf);
        assert.deepEqual(await data.read(split, index, px), { pixels, width: px, height: px });
      }
    }
  }
});

Deno.test("a world of no size has a tree and no picture", async () => {
  using data = await openDataSet({ dataset: "world", world: "scenes" });
  assert.equal(data.train.length + data.test.length, 0);
  assert.deepEqual(data.hierarchy, worldTree("scenes"));
});
