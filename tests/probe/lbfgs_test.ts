import assert from "node:assert/strict";
import { type Evaluation, minimise } from "@/lib/probe/lbfgs.ts";

/** Half the sum of scale_i (x_i - i)^2. */
function bowl(scales: readonly number[]) {
  return (x: Float64Array) => {
    const gradient = x.map((value, i) => scales[i]! * (value - i));
    const value = gradient.reduce((sum, slope, i) => sum + 0.5 * slope * (x[i]! - i), 0);
    return Promise.resolve({ value, gradient });
  };
}

/** The criterion that no component of the gradient is larger than `most`. */
function flatTo(most: number) {
  return { converged: ({ gradient }: Evaluation) => gradient.every((g) => Math.abs(g) <= most) };
}

Deno.test("minimise() finds the bottom of an ill-conditioned bowl", async () => {
  const { point, converged } = await minimise(
    bowl([1, 100, 10_000]),
    Float64Array.of(5, 5, 5),
    flatTo(1e-8),
  );
  assert.ok(converged);
  point.forEach((value, i) => assert.ok(Math.abs(value - i) < 1e-6));
});

Deno.test("minimise() goes straight to the bottom where the Hessian is known but for a factor", async () => {
  const scales = [1, 100, 10_000, 1e6];
  const start = Float64Array.of(5, 5, 5, 5);
  const by = (options: { hessian?: Float64Array }) =>
    minimise(bowl(scales), start, { ...flatTo(1e-6), ...options });
  const plain = await by({});
  const exact = await by({ hessian: Float64Array.from(scales) });
  const fourTimes = await by({ hessian: Float64Array.from(scales, (scale) => 4 * scale) });
  assert.ok(plain.converged && plain.iterations > 5);
  assert.deepEqual([exact.converged, exact.iterations], [true, 1]);
  assert.ok(fourTimes.converged && fourTimes.iterations <= 3);
});

Deno.test("minimise() follows a curved valley (Rosenbrock)", async () => {
  const { point, converged, value, gradient } = await minimise(
    ([x = 0, y = 0]) => {
      const bend = y - x * x;
      return Promise.resolve({
        value: (1 - x) ** 2 + 100 * bend * bend,
        gradient: Float64Array.of(-2 * (1 - x) - 400 * x * bend, 200 * bend),
      });
    },
    Float64Array.of(-1.2, 1),
    flatTo(1e-4),
  );
  assert.ok(converged);
  point.forEach((value) => assert.ok(Math.abs(value - 1) < 1e-3));
  assert.ok(value < 1e-6 && gradient.every((slope) => Math.abs(slope) <= 1e-4));
});

Deno.test("minimise() stays where the criterion is already met", async () => {
  const { iterations, converged } = await minimise(
    bowl([1, 1]),
    Float64Array.of(0, 1),
    flatTo(1e-4),
  );
  assert.deepEqual([iterations, converged], [0, true]);
});

Deno.test("minimise() does not claim to have converged when its iterations run out", async () => {
  const { iterations, converged } = await minimise(bowl([1, 1e4]), Float64Array.of(9, 9), {
    ...flatTo(1e-4),
    maxIterations: 1,
  });
  assert.deepEqual([iterations, converged], [1, false]);
});

Deno.test("minimise() goes on where the value's rounding hides further decrease", async () => {
  const rounded = async (x: Float64Array) => {
    const { value, gradient } = await bowl([1, 3])(x);
    return { value: Math.fround(1 + value), gradient };
  };
  // At a gradient of 1e-6 the value is 1e-12 above its minimum, far below float32's 6e-8.
  const { converged, point } = await minimise(rounded, Float64Array.of(4, 4), flatTo(1e-6));
  assert.ok(converged);
  assert.ok(Math.abs(point[0]!) < 1e-5 && Math.abs(point[1]! - 1) < 1e-5);
});

Deno.test("minimise() stops without a claim where no step goes down", async () => {
  const uphill = async (x: Float64Array) => {
    const { value, gradient } = await bowl([1, 3])(x);
    return { value, gradient: gradient.map((slope) => -slope) };
  };
  const { converged, iterations } = await minimise(uphill, Float64Array.of(4, 4), flatTo(1e-6));
  assert.deepEqual([iterations, converged], [0, false]);
});
