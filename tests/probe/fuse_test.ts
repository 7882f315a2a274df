import assert from "node:assert/strict";
import { balanceBlocks, fuse } from "@/lib/probe/fuse.ts";
import { applyScale, fitScale, noScale } from "@/lib/probe/standardise_features.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";

Deno.test("fuse() puts each image's vectors side by side", () => {
  const fused = fuse([
    { features: Float32Array.of(1, 2, 3, 4), dim: 2 },
    { features: Float32Array.of(5, 6), dim: 1 },
    { features: Float32Array.of(7, 8), dim: 1 },
  ]);
  assert.deepEqual([...fused.features], [1, 2, 5, 7, 3, 4, 6, 8]);
  assert.deepEqual([fused.dim, fused.blocks], [4, [2, 1, 1]]);
});

Deno.test("fuse() refuses features of different images", () => {
  assert.throws(
    () =>
      fuse([{ features: new Float32Array(4), dim: 2 }, { features: new Float32Array(3), dim: 1 }]),
    { name: "RangeError", message: "Cannot fuse features of 2 and 3 images" },
  );
});

Deno.test("balanceBlocks() gives every block the same power and keeps their sum", () => {
  const { features } = madeFeatures(50, { classes: 2, dim: 6, distance: 3, seed: 1 });
  const uneven = features.map((value, i) => i % 6 < 1 ? 100 * value : value);
  const powers = (vectors: Float32Array) => {
    const sums = [0, 0];
    vectors.forEach((value, i) => sums[i % 6 < 1 ? 0 : 1]! += value * value);
    return sums as [number, number];
  };
  for (const scale of [noScale(6), fitScale(uneven, 6)]) {
    const before = powers(applyScale(uneven, scale));
    const balanced = balanceBlocks(scale, { features: uneven, blocks: [1, 5] });
    const [first, second] = powers(applyScale(uneven, balanced));
    assert.ok(Math.abs(first / second - 1) < 1e-5);
    assert.ok(Math.abs((first + second) / (before[0] + before[1]) - 1) < 1e-5);
  }
});

Deno.test("balanceBlocks() leaves a single block, and equal blocks, exactly as they are", () => {
  const { features } = madeFeatures(50, { classes: 2, dim: 6, distance: 3, seed: 1 });
  const scale = fitScale(features, 6);
  assert.deepEqual(balanceBlocks(scale, { features, blocks: [6] }), scale);
  const twice = fuse([{ features, dim: 6 }, { features, dim: 6 }]);
  const both = fitScale(twice.features, 12);
  assert.deepEqual(balanceBlocks(both, twice), both);
});

Deno.test("balanceBlocks() leaves a block of zeros alone", () => {
  const features = Float32Array.of(1, 0, 2, 0);
  const { factor } = balanceBlocks(noScale(2), { features, blocks: [1, 1] });
  assert.ok(factor.every(Number.isFinite));
});

Deno.test("balanceBlocks() refuses blocks of another width", () => {
  assert.throws(
    () => balanceBlocks(noScale(4), { features: new Float32Array(4), blocks: [2, 3] }),
    { name: "RangeError", message: "Cannot balance blocks of 2 + 3 in 4 dimensions" },
  );
});
