import assert from "node:assert/strict";
import { accuracyOf, chooseBest } from "@/lib/probe/choose_best.ts";

Deno.test("chooseBest() takes the first of equals", () => {
  const tried = [[1, 0.2], [2, 0.5], [3, 0.5], [4, 0.1]] as const;
  const best = chooseBest(tried.map(([choice, accuracy]) => ({ choice, accuracy })));
  assert.deepEqual(best, { choice: 2, accuracy: 0.5 });
});

Deno.test("accuracyOf() is the share of equal classes", () => {
  assert.equal(accuracyOf(Uint16Array.of(1, 2, 3, 4), Uint16Array.of(1, 2, 4, 4)), 0.75);
});
