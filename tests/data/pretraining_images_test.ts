import assert from "node:assert/strict";
import { readPack } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { bySplit, pretrainingImages } from "@/lib/data/pretraining_images.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

/** One-pixel images that show these values. */
async function* images(values: readonly number[], leaf: number | null) {
  for (const value of values) {
    yield await Promise.resolve({ image: new Uint8Array(3).fill(value), leaf });
  }
}

Deno.test("bySplit() numbers images without labels behind the training images, and keeps the order given", () => {
  const [train, unlabelled] = bySplit({ train: 10, unlabelled: 5 }, Uint32Array.of(12, 3, 10, 9));
  assert.deepEqual([train!.split, [...train!.indices], [...train!.places]], ["train", [3, 9], [
    1,
    3,
  ]]);
  assert.deepEqual(
    [unlabelled!.split, [...unlabelled!.indices], [...unlabelled!.places]],
    ["unlabelled", [2, 0], [0, 2]],
  );
  assert.throws(() => bySplit({ train: 10, unlabelled: 5 }, Uint32Array.of(15)), {
    message: "Cannot read image 15: there are 15",
  });
});

Deno.test("pretrainingImages() reads the two splits as one, and no test image", () =>
  inTempDir(async (dir) => {
    await writePack(dir, {
      px: 1,
      hierarchy: { levels: ["l"], leaves: [{ name: "a", path: ["a"] }] },
      train: images([10, 11], 0),
      test: images([99], 0),
      unlabelled: images([20, 21, 22], null),
    });
    const { count, read } = pretrainingImages(await readPack(dir));
    assert.equal(count, 5);
    const pixels = await read([4, 0, 2, 1]);
    assert.deepEqual([...pixels].filter((_, i) => i % 3 === 0), [22, 10, 20, 11]);
  }));
