import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { effectiveRank, meanNorm } from "@/lib/train/effective_rank.ts";

const near = (actual: number, wanted: number, margin = 1e-9) =>
  assert.ok(Math.abs(actual - wanted) < margin, `${actual}, wanted ${wanted}`);

/** Independent normal numbers. */
function noise(count: number, seed: number): Float32Array {
  const random = randomAt(seed, "noise");
  return Float32Array.from({ length: count }, () => random.normal());
}

Deno.test("effectiveRank() of features that have collapsed into one is 1", () => {
  const one = noise(16, 2);
  const same = Float32Array.from({ length: 40 * 16 }, (_, i) => one[i % 16]!);
  near(effectiveRank(same, 40), 1);
  // On one line, whatever their lengths.
  const line = same.map((value, i) => value * (1 + Math.floor(i / 16)));
  near(effectiveRank(line, 40), 1, 1e-6);
  // And where small differences point everywhere.
  const shaken = noise(same.length, 3).map((value, i) => same[i]! + 1e-4 * value);
  assert.ok(effectiveRank(shaken, 40) < 1.02, `${effectiveRank(shaken, 40)}`);
});

Deno.test("effectiveRank() counts directions that are taken up alike", () => {
  const axes = (rows: number, columns: number) =>
    Float32Array.from(
      { length: rows * columns },
      (_, at) => Math.floor(at / columns) % Math.min(rows, columns) === at % columns ? 3 : 0,
    );
  near(effectiveRank(axes(8, 8), 8), 8);
  near(effectiveRank(axes(24, 6), 24), 6);
  near(effectiveRank(axes(5, 9), 5), 5);
  assert.equal(effectiveRank(new Float32Array(12), 3), 0);
});

Deno.test("effectiveRank() is the exponential of the singular values' entropy", () => {
  // Singular values 3 and 1: shares 3/4 and 1/4.
  const rank = Math.exp(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)));
  near(effectiveRank(Float32Array.of(3, 0, 0, 0, -1, 0), 2), rank);
  near(effectiveRank(Float32Array.of(3, 0, 0, 1, 0, 0), 3), rank);
  near(rank, 1.754765350603323);
  assert.ok(effectiveRank(noise(256 * 32, 4), 256) > 30);
});

Deno.test("meanNorm() is the mean length of the rows", () => {
  near(meanNorm(Float32Array.of(3, 4, 0, 0, 0, -1), 3), (5 + 0 + 1) / 3);
});
