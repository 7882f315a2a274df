import assert from "node:assert/strict";
import { claimPValues, intervalOf, uncertainty } from "@/lib/results/mod.ts";

const near = (a: number, b: number, within = 1e-6) =>
  assert.ok(Math.abs(a - b) < within, `${a}, not ${b}`);
const still = new Float64Array(100).fill(0.2);

Deno.test("intervalOf() is Student's for a mean over seeds whose images are all alike", () => {
  const number = uncertainty({ value: 0.2, imageDraws: still, perSeed: [0.1, 0.2, 0.3] });
  near(number.degreesOfFreedom, 2);
  near(number.standardError, 0.1 / Math.sqrt(3));
  // t(0.975, 2) = 4.302653, from the tables.
  const { low, high } = intervalOf(number);
  near(high - 0.2, 4.302653 * 0.1 / Math.sqrt(3));
  near(0.2 - low, 4.302653 * 0.1 / Math.sqrt(3));
});

Deno.test("intervalOf() is normal for one seed, and for seeds that agree", () => {
  const imageDraws = Float64Array.from({ length: 101 }, (_, i) => i % 2 === 0 ? 0.1 : 0.3);
  for (const perSeed of [[0.2], [0.2, 0.2]]) {
    const number = uncertainty({ value: 0.2, imageDraws, perSeed });
    near(intervalOf(number).high - 0.2, 1.959964 * number.standardError);
  }
});

Deno.test("intervalOf() is a point where nothing varies, of which nothing can be told", () => {
  const number = uncertainty({ value: 0.2, imageDraws: still, perSeed: [0.2] });
  assert.deepEqual(intervalOf(number), { low: 0.2, high: 0.2 });
  const { pHolds, pFails } = claimPValues(number, { direction: "above", threshold: 0.1 });
  assert.deepEqual([pHolds, pFails], [0.5, 0.5]);
});

Deno.test("claimPValues() are 0.025 where the interval ends", () => {
  const number = { value: 0.1, standardError: 0.02, degreesOfFreedom: 5 };
  const { low, high } = intervalOf(number);
  near(claimPValues(number, { direction: "above", threshold: low }).pHolds, 0.025);
  near(claimPValues(number, { direction: "above", threshold: high }).pFails, 0.025);
  near(claimPValues(number, { direction: "below", threshold: high }).pHolds, 0.025);
  near(claimPValues(number, { direction: "below", threshold: low }).pFails, 0.025);
});

Deno.test("claimPValues() of within: both borders must be kept, and either may be passed", () => {
  const at = (value: number) =>
    claimPValues({ value, standardError: 0.01, degreesOfFreedom: Infinity }, {
      direction: "within",
      threshold: 0.05,
    });
  assert.ok(at(0).pHolds < 1e-5 && at(0).pFails > 0.99);
  assert.ok(at(0.1).pHolds > 0.99 && at(0.1).pFails < 1e-5);
  assert.ok(at(-0.1).pHolds > 0.99 && at(-0.1).pFails < 1e-5);
  near(at(0.05).pHolds, 0.5);
  near(at(-0.05).pFails, 0.5);
});
