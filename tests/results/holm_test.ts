import assert from "node:assert/strict";
import { holm } from "@/lib/results/mod.ts";

Deno.test("holm() multiplies the smallest by how many there are, the next by one less, and never lets the order turn", () => {
  // By hand: 0.01 x 4; 0.02 x 3 = 0.06; 0.03 x 2 = 0.06; 0.5 x 1.
  const corrected = holm([0.5, 0.01, 0.03, 0.02]);
  [0.5, 0.04, 0.06, 0.06].forEach((wanted, i) =>
    assert.ok(Math.abs(corrected[i]! - wanted) < 1e-12, `${corrected}`)
  );
  assert.deepEqual(holm([0.9, 0.8]), [1, 1]);
  assert.deepEqual(holm([]), []);
});
