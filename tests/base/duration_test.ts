import assert from "node:assert/strict";
import { duration, roughly } from "@/lib/base/duration.ts";

Deno.test("duration() speaks in tenths, seconds, minutes and hours, and of nothing that is none", () => {
  const times = [0, 0.05, 0.44, 5, 9.96, 12.4, 45.4, 59.97, 200, 3599.7, 4620, 7500, 360_000];
  assert.deepEqual(times.map(duration), [
    "0 s",
    "0.1 s",
    "0.4 s",
    "5 s",
    "10 s",
    "12 s",
    "45 s",
    "1 min",
    "3 min 20 s",
    "1 h",
    "1 h 17 min",
    "2 h 5 min",
    "100 h",
  ]);
});

Deno.test("duration() gives every tenth of a second below ten as it is", () => {
  for (let tenths = 1; tenths < 100; tenths++) {
    assert.equal(duration(tenths / 10), `${tenths / 10} s`);
  }
});

Deno.test("roughly() speaks of minutes and hours", () => {
  assert.deepEqual([5, 89, 91, 1500, 7200, 10_000].map(roughly), [
    "a minute",
    "a minute",
    "2 minutes",
    "25 minutes",
    "2 hours",
    "3 hours",
  ]);
});
