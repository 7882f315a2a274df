import assert from "node:assert/strict";
import { drawImage, type WorldName, worldNames, worldTree } from "@/lib/worlds/mod.ts";

const size = 16, values = size * size * 3;

function examples(world: WorldName, { split, count }: { split: "train" | "test"; count: number }) {
  return Array.from({ length: count }, (_, index) => {
    const pixels = new Uint8Array(values);
    const leaf = drawImage(world, { seed: 11, split, index, size }, pixels);
    return { pixels, path: worldTree(world).leaves[leaf]!.path };
  });
}

/** The mean over classes of the share of test images whose nearest class mean, in raw pixels, is that of their class. */
function nearestMeanAccuracy(world: WorldName, level: number): number {
  const means = new Map<string, { sum: Float64Array; count: number }>();
  for (const { pixels, path } of examples(world, { split: "train", count: 600 })) {
    const mean = means.get(path[level]!) ?? { sum: new Float64Array(values), count: 0 };
    for (let i = 0; i < values; i++) mean.sum[i] = mean.sum[i]! + pixels[i]!;
    mean.count++;
    means.set(path[level]!, mean);
  }
  const hits = new Map<string, { right: number; count: number }>();
  for (const { pixels, path } of examples(world, { split: "test", count: 400 })) {
    let best = "", least = Infinity;
    for (const [name, { sum, count }] of means) {
      let square = 0;
      for (let i = 0; i < values; i++) square += (pixels[i]! - sum[i]! / count) ** 2;
      if (square < least) [best, least] = [name, square];
    }
    const hit = hits.get(path[level]!) ?? { right: 0, count: 0 };
    hit.count++;
    if (best === path[level]) hit.right++;
    hits.set(path[level]!, hit);
  }
  const shares = [...hits.values()].map(({ right, count }) => right / count);
  return shares.reduce((a, b) => a + b) / shares.length;
}

Deno.test("raw pixels tell coarse classes apart better than chance and far from perfectly", () => {
  for (const world of worldNames) {
    const level = worldTree(world).levels.length - 1;
    const chance = 1 / new Set(worldTree(world).leaves.map(({ path }) => path[level])).size;
    const accuracy = nearestMeanAccuracy(world, level);
    assert.ok(accuracy > chance + 0.03, `${world}: ${accuracy}, chance ${chance}`);
    assert.ok(accuracy < 0.8, `${world}: ${accuracy}`);
  }
});

Deno.test("raw pixels do not give the leaves away", () => {
  for (const world of worldNames) {
    const accuracy = nearestMeanAccuracy(world, 0);
    assert.ok(accuracy < 0.5, `${world}: ${accuracy}`);
  }
});
