import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { type Eigen, symmetricEigen } from "@/lib/train/symmetric_eigen.ts";

/** How far the parts are from the matrix put together again, and from being at right angles. */
function errorOf(matrix: Float64Array, { values, vectors }: Eigen, size: number): number {
  let most = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0, product = 0;
      for (let k = 0; k < size; k++) {
        sum += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!;
        product += vectors[i * size + k]! * vectors[j * size + k]!;
      }
      most = Math.max(
        most,
        Math.abs(sum - matrix[i * size + j]!),
        Math.abs(product - Number(i === j)),
      );
    }
  }
  return most;
}

/** x xᵀ for `rank` random vectors, whose lengths fall off steeply. */
function moments(size: number, rank: number): Float64Array {
  const random = randomAt(size, "eigen");
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < rank; r++) {
    const x = Array.from({ length: size }, () => random.normal() / (r + 1) ** 2);
    x.forEach((a, i) => x.forEach((b, j) => matrix[i * size + j]! += a * b));
  }
  return matrix;
}

Deno.test("symmetricEigen() takes matrices apart, of full rank and of less", () => {
  for (const [size, rank] of [[1, 1], [2, 2], [5, 5], [40, 40], [40, 3]] as const) {
    const matrix = moments(size, rank);
    const error = errorOf(matrix, symmetricEigen(matrix, size), size);
    assert.ok(error < 1e-12 * size, `${size}, ${rank}: ${error}`);
  }
});

Deno.test("symmetricEigen() knows the eigenvalues of a chain", () => {
  // 2 on the diagonal, -1 beside it: 2 - 2 cos(kπ / (n + 1)).
  const size = 12;
  const matrix = Float64Array.from({ length: size * size }, (_, at) => {
    const distance = Math.abs(Math.floor(at / size) - at % size);
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  const { values } = symmetricEigen(matrix, size);
  values.toSorted().forEach((value, i) => {
    assert.ok(Math.abs(value - (2 - 2 * Math.cos((i + 1) * Math.PI / (size + 1)))) < 1e-13);
  });
});

Deno.test("symmetricEigen() leaves a diagonal, or nothing, as it is", () => {
  const diagonal = Float64Array.of(3, 0, 0, 0, 1, 0, 0, 0, 1);
  assert.deepEqual([...symmetricEigen(diagonal, 3).values].sort(), [1, 1, 3]);
  assert.ok(errorOf(diagonal, symmetricEigen(diagonal, 3), 3) < 1e-15);
  const nothing = new Float64Array(16);
  assert.equal(errorOf(nothing, symmetricEigen(nothing, 4), 4), 0);
});
