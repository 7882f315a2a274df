import assert from "node:assert/strict";
import { minimise } from "@/lib/probe/lbfgs.ts";

/** Half the sum of scale_i (x_i - i)^2. */
function bowl(scales: readonly number[]) {
  return (x: Float64Array) => {
    const gradient = x.map((value, i) => scales[i]! * (value - i));
    const value = gradient.reduce((sum, slope, i) => sum + 0.5 * slope * (x[i]! - i), 0);
    return Promise.resolve({ value, gradient });
  };
}

Deno.test("minimise() finds the bottom of an ill-conditioned bowl", async () => {
  const { point, converged } = await minimise(bowl([1, 100, 10_000]), Float64Array.of(5, 5, 5), {
    gradientTolerance: 1e-8,
    decreaseTolerance: 0,
  });
  assert.ok(converged);
  point.forEach((value, i) => assert.ok(Math.abs(value - i) < 1e-6));
});

Deno.test("minimise() follows a curved valley (Rosenbrock)", async () => {
  const { point, converged } = await minimise(
    ([x = 0, y = 0]) => {
      const bend = y - x * x;
      return Promise.resolve({
        value: (1 - x) ** 2 + 100 * bend * bend,
        gradient: Float64Array.of(-2 * (1 - x) - 400 * x * bend, 200 * bend),
      });
    },
    Float64Array.of(-1.2, 1),
  );
  assert.ok(converged);
  point.forEach((value) => assert.ok(Math.abs(value - 1) < 1e-3));
});

Deno.test("minimise() stays where the gradient is already flat", async () => {
  const { iterations, converged } = await minimise(bowl([1, 1]), Float64Array.of(0, 1));
  assert.deepEqual([iterations, converged], [0, true]);
});

Deno.test("minimise() does not claim to have converged when its iterations run out", async () => {
  const { iterations, converged } = await minimise(bowl([1, 1e4]), Float64Array.of(9, 9), {
    maxIterations: 1,
  });
  assert.deepEqual([iterations, converged], [1, false]);
});

Deno.test("minimise() ends at a function whose rounding hides further decrease", async () => {
  const rounded = async (x: Float64Array) => {
    const { value, gradient } = await bowl([1, 3])(x);
    return { value: Math.fround(1 + value), gradient: gradient.map((g) => g + 1e-3) };
  };
  const { converged, iterations } = await minimise(rounded, Float64Array.of(4, 4));
  assert.ok(converged);
  assert.ok(iterations < 50);
});
