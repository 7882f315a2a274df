import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  drawImage,
  leafOf,
  leavesOf,
  type PictureAddress,
  worldNames,
  worldTree,
} from "@/lib/worlds/mod.ts";

function picture(world: (typeof worldNames)[number], options: PictureAddress): Uint8Array {
  const out = new Uint8Array(options.size * options.size * 3);
  drawImage(world, options, out);
  return out;
}

const first = { seed: 1, split: "train", index: 0, size: 32 } as const;

Deno.test("drawImage() gives the pinned bytes", () => {
  const hashes = worldNames.map((world) =>
    [0, 1, 2].map((index) => sha256(picture(world, { ...first, index })).slice(0, 16))
  );
  // Whoever changes these bumps worldVersion too.
  assert.deepEqual(hashes, [
    ["5327d4c695b383cf", "e05b4df17d47d737", "fe1506821519bfe0"],
    ["36623a35bffb3364", "c7b5c6cfc697b6db", "729d4a48ed0f39cb"],
    ["994eb9c1e305610d", "0841e9257f3d7c6e", "99a6c89ba1844e35"],
    ["2bedb3a057d7edaa", "110332fa9527769c", "836ba5c469ecd2c3"],
  ]);
});

Deno.test("drawImage() draws the same picture whatever was drawn before", () => {
  for (const world of worldNames) {
    const alone = picture(world, { ...first, index: 40 });
    for (const other of worldNames) picture(other, { ...first, index: 7, size: 48 });
    assert.deepEqual(picture(world, { ...first, index: 40 }), alone, world);
  }
});

Deno.test("drawImage() differs between seeds, splits, indices and worlds", () => {
  const drawn = worldNames.flatMap((world) =>
    [first, { ...first, seed: 2 }, { ...first, split: "test" as const }, { ...first, index: 1 }]
      .map((address) => sha256(picture(world, address)))
  );
  assert.equal(new Set(drawn).size, drawn.length);
});

Deno.test("drawImage() draws pictures with contrast and colour, at 24 and at 224 pixels", () => {
  for (const world of worldNames) {
    const run = worldTree(world).leaves.length; // every leaf once
    for (const [size, count] of [[24, run], [224, 2]] as const) {
      for (let index = 0; index < count; index++) {
        const bytes = picture(world, { ...first, index, size });
        const mean = bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
        const spread = Math.sqrt(
          bytes.reduce((sum, byte) => sum + (byte - mean) ** 2, 0) / bytes.length,
        );
        const where = `${world} ${index} at ${size} px: mean ${mean}, spread ${spread}`;
        assert.ok(mean > 12 && mean < 245, where);
        assert.ok(spread > 6, where);
      }
    }
  }
});

Deno.test("drawImage() draws one picture at every size", () => {
  const mean = (bytes: Uint8Array, size: number, [row, column]: readonly [number, number]) => {
    const cell = size / 4;
    let sum = 0;
    for (let y = row * cell; y < (row + 1) * cell; y++) {
      for (let x = column * cell * 3; x < (column + 1) * cell * 3; x++) {
        sum += bytes[y * size * 3 + x]!;
      }
    }
    return sum / (cell * cell * 3);
  };
  for (const world of worldNames) {
    for (let index = 0; index < 6; index++) {
      const small = picture(world, { ...first, index });
      const large = picture(world, { ...first, index, size: 128 });
      for (let cell = 0; cell < 16; cell++) {
        const at = [Math.floor(cell / 4), cell % 4] as const;
        const gap = Math.abs(mean(small, 32, at) - mean(large, 128, at));
        assert.ok(gap < 5, `${world} ${index}: cell ${at} differs by ${gap}`);
      }
    }
  }
});

Deno.test("drawImage() names the length that it needs", () => {
  assert.throws(() => drawImage("aerial", first, new Uint8Array(12)), {
    name: "RangeError",
    message: "Cannot draw a picture of 32 x 32 pixels: needs 3072 bytes, given 12",
  });
});

Deno.test("leafOf() gives every leaf once in each run, in a new order, and drawImage() returns it", () => {
  for (const world of worldNames) {
    const { length } = worldTree(world).leaves;
    const run = (from: number) =>
      Array.from({ length }, (_, i) => leafOf(world, { ...first, index: from + i }));
    const all = Array.from({ length }, (_, i) => i);
    assert.deepEqual(run(0).toSorted((a, b) => a - b), all);
    assert.deepEqual(run(length).toSorted((a, b) => a - b), all);
    assert.notDeepEqual(run(0), run(length));
    const out = new Uint8Array(24 * 24 * 3);
    assert.equal(
      drawImage(world, { ...first, index: 5, size: 24 }, out),
      leafOf(world, { ...first, index: 5 }),
    );
  }
});

Deno.test("leavesOf() gives the leaf of each picture, of a run that is cut short too", () => {
  for (const world of worldNames) {
    const count = 2 * worldTree(world).leaves.length + 5;
    const expected = Array.from(
      { length: count },
      (_, index) => leafOf(world, { ...first, index }),
    );
    assert.deepEqual([...leavesOf(world, { ...first, count })], expected);
  }
});
