import assert from "node:assert/strict";
import { risingMomentum } from "@/lib/objective/rising_momentum.ts";

Deno.test("risingMomentum() rises along half a cosine from the base to 1", () => {
  const at = (step: number) => risingMomentum(step, { base: 0.96, totalSteps: 300 });
  const golden = [[0, 0.96], [100, 0.97], [150, 0.98], [200, 0.99], [300, 1]] as const;
  for (const [step, wanted] of golden) assert.ok(Math.abs(at(step) - wanted) < 1e-12);
  for (let step = 0; step < 300; step++) assert.ok(at(step) < at(step + 1));
});
