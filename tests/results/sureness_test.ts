import assert from "node:assert/strict";
import {
  atLeast,
  chanceIfNotAbove,
  chanceIfNotBelow,
  intervalOf,
  type Lattice,
  type Sure,
  testNumber,
} from "@/lib/results/mod.ts";

const near = (a: number, b: number, within = 1e-6) =>
  assert.ok(Math.abs(a - b) < within, `${a}, not ${b}`);
const student = (value: number, degrees: number): Sure => ({
  value,
  ofImages: 0,
  ofSeeds: 1,
  degrees,
});
const normal = (value: number, error = 1): Sure => ({
  value,
  ofImages: error ** 2,
  ofSeeds: 0,
  degrees: 1,
});

Deno.test("chanceIfNotAbove() is Student's t where only seeds vary", () => {
  // From the tables: t(0.975, 5) = 2.570582, t(0.99, 9) = 2.821438, t(0.999, 14) = 3.787390.
  near(chanceIfNotAbove(student(2.570582, 5), 0), 0.025);
  near(chanceIfNotAbove(student(2.821438, 9), 0), 0.01);
  near(chanceIfNotAbove(student(3.787390, 14), 0), 0.001, 1e-8);
  near(chanceIfNotBelow(student(-2.570582, 5), 0), 0.025);
});

Deno.test("chanceIfNotAbove() is normal where only images vary, and between the two where both do", () => {
  near(chanceIfNotAbove(normal(1.959964), 0), 0.025);
  const both = chanceIfNotAbove({ value: 2.5, ofImages: 0.5, ofSeeds: 0.5, degrees: 5 }, 0);
  assert.ok(both > chanceIfNotAbove(normal(2.5), 0) && both < chanceIfNotAbove(student(2.5, 5), 0));
});

Deno.test("chanceIfNotAbove() tells nothing of a number that cannot vary and lies at the border", () => {
  assert.equal(chanceIfNotAbove({ value: 0, ofImages: 0, ofSeeds: 0, degrees: 1 }, 0), 0.5);
});

Deno.test("atLeast() is Bonferroni's for one of several, the largest for all, and between them in between", () => {
  const chances = [0.04, 0.01, 0.3];
  near(atLeast(1, chances), 0.03);
  near(atLeast(2, chances), 0.08);
  near(atLeast(3, chances), 0.3);
});

Deno.test("a statement about the worst of several is one about each, and about the best one about any", () => {
  const of = [normal(3), normal(1), normal(5)];
  const best: Lattice<Sure> = { rank: 1, of }, worst: Lattice<Sure> = { rank: 3, of };
  near(chanceIfNotAbove(worst, 0), chanceIfNotAbove(of[1]!, 0));
  near(chanceIfNotAbove(best, 0), 3 * chanceIfNotAbove(of[2]!, 0));
  near(chanceIfNotBelow(worst, 2), 3 * chanceIfNotBelow(of[1]!, 2));
  near(chanceIfNotBelow(best, 6), chanceIfNotBelow(of[2]!, 6));
});

Deno.test("intervalOf() ends where one-sided chances are 0.025, with and without a choice", () => {
  const { low, high } = intervalOf(student(0.2, 5));
  near(high - 0.2, 2.570582, 1e-5);
  near(0.2 - low, 2.570582, 1e-5);
  const best: Lattice<Sure> = { rank: 1, of: [normal(0.5, 0.1), normal(0.4, 0.1)] };
  const ends = intervalOf(best);
  near(chanceIfNotAbove(best, ends.low), 0.025, 1e-5);
  near(chanceIfNotBelow(best, ends.high), 0.025, 1e-5);
  // The best of two equal ones may be either: it is less sure downwards than one alone.
  assert.ok(ends.high > 0.5 && ends.low < 0.5);
});

Deno.test("testNumber() of within: both borders must be kept, and either may be passed", () => {
  const at = (value: number) =>
    testNumber(normal(value, 0.01), { direction: "within", threshold: 0.05 });
  assert.ok(at(0).pHolds < 1e-5 && at(0).pFails > 0.99);
  assert.ok(at(0.1).pHolds > 0.99 && at(0.1).pFails < 1e-5);
  assert.ok(at(-0.1).pHolds > 0.99 && at(-0.1).pFails < 1e-5);
  near(at(0.05).pHolds, 0.5);
});
