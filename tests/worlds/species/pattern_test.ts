import assert from "node:assert/strict";
import { type PatternName, patterns } from "@/lib/worlds/species/pattern.ts";

const names = Object.keys(patterns) as PatternName[];

/** A pattern's values over a body of 1.2 by 0.8 units. */
function values(name: PatternName, size: number): readonly number[] {
  const field = patterns[name]({ size, seed: 5 });
  return Array.from(
    { length: 60 * 40 },
    (_, i) => field((i % 60) / 50 - 0.6, Math.floor(i / 60) / 50 - 0.4),
  );
}

const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value) / list.length;

Deno.test("patterns lie in [0, 1] and, but for the plain one, show both colours", () => {
  for (const name of names) {
    const list = values(name, 1);
    assert.ok(list.every((value) => value >= 0 && value <= 1), name);
    const marked = mean(list);
    if (name === "plain") assert.equal(marked, 0);
    else assert.ok(marked > 0.04 && marked < 0.96, `${name}: ${marked}`);
  }
});

Deno.test("patterns differ from one another", () => {
  const drawn = names.map((name) => values(name, 1));
  for (const [i, one] of drawn.entries()) {
    for (const [j, other] of drawn.entries()) {
      if (i >= j) continue;
      const gap = mean(one.map((value, at) => Math.abs(value - other[at]!)));
      assert.ok(gap > 0.06, `${names[i]}, ${names[j]}: ${gap}`);
    }
  }
});
