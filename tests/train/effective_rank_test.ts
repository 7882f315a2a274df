import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { effectiveRank, meanNorm } from "@/lib/train/effective_rank.ts";
import { symmetricEigenvalues } from "@/lib/train/symmetric_eigenvalues.ts";

const near = (actual: number, wanted: number, margin = 1e-9) =>
  assert.ok(Math.abs(actual - wanted) < margin, `${actual}, wanted ${wanted}`);

/** Independent normal numbers. */
function noise(count: number, seed: number): Float32Array {
  const random = randomAt(seed, "noise");
  return Float32Array.from({ length: count }, () => random.normal());
}

Deno.test("symmetricEigenvalues() finds those that are known", () => {
  const sorted = (matrix: number[], n: number) =>
    [...symmetricEigenvalues(Float64Array.from(matrix), n)].sort((a, b) => a - b);
  near(sorted([7], 1)[0]!, 7);
  [1, 3].forEach((value, i) => near(sorted([2, 1, 1, 2], 2)[i]!, value));
  assert.deepEqual(sorted([0, 0, 0, 0, 0, 0, 0, 0, 0], 3), [0, 0, 0]);
  assert.deepEqual(sorted([3, 0, 0, 0, -1, 0, 0, 0, 2], 3), [-1, 2, 3]);
  // A chain of n springs: 2 - 2 cos(k pi / (n + 1)).
  const n = 40;
  const chain = Array.from({ length: n * n }, (_, at) => {
    const apart = Math.abs(Math.floor(at / n) - at % n);
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
  sorted(chain, n).forEach((value, k) =>
    near(value, 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)))
  );
});

Deno.test("symmetricEigenvalues() keeps the trace and the sum of squares of a full matrix", () => {
  const n = 60, values = noise(n * n, 1);
  const matrix = Float64Array.from(
    values,
    (value, at) => value + values[at % n * n + Math.floor(at / n)]!,
  );
  let trace = 0, squares = 0, cubes = 0;
  for (let i = 0; i < n; i++) {
    trace += matrix[i * n + i]!;
    for (let j = 0; j < n; j++) {
      squares += matrix[i * n + j]! ** 2;
      for (let k = 0; k < n; k++) {
        cubes += matrix[i * n + j]! * matrix[j * n + k]! * matrix[k * n + i]!;
      }
    }
  }
  const found = [...symmetricEigenvalues(matrix.slice(), n)];
  const sum = (power: number) => found.reduce((total, value) => total + value ** power, 0);
  near(sum(1), trace, 1e-9);
  near(sum(2), squares, 1e-8);
  near(sum(3), cubes, 1e-6);
});

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
