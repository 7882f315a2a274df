import assert from "node:assert/strict";
import {
  count,
  listing,
  percent,
  percentRange,
  points,
  pointsRange,
  slug,
  threshold,
} from "@/lib/report/mod.ts";

Deno.test("percent() and points() have one decimal, a sign where it matters, and no minus zero", () => {
  assert.equal(percent(0.493), "49.3");
  assert.deepEqual([0.12, -0.004, -0.0001, 0].map(points), ["+12.0", "−0.4", "0.0", "0.0"]);
  assert.deepEqual([0, 0.05, -0.025].map(threshold), ["0", "+5", "−2.5"]);
  assert.equal(percentRange({ low: 0.41, high: 0.452 }), "41.0–45.2");
  assert.equal(pointsRange({ low: -0.004, high: 0.031 }), "−0.4 to +3.1");
});

Deno.test("listing(), count() and slug() put words together", () => {
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listing), [
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
  assert.equal(count(1234567), "1,234,567");
  assert.equal(slug(" species (1M), jpeg-30"), "species-1m-jpeg-30");
});
