import assert from "node:assert/strict";
import { endLines, makeTally } from "@/lib/cli/run_end.ts";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import type { StepStatus } from "@/lib/store/mod.ts";

const steps = [1, 2, 3, 4].map((seed) =>
  makeStep(
    { kind: "subset", spec: { size: 2, seed }, needs: { images: "i" } },
    `seed ${seed}`,
  ) as Step
);

/** A step that was there already and once took so long. */
function cached(seconds: number): StepStatus {
  const made = { at: "", seconds, host: "h", machine: {}, command: "" };
  return { freshness: "cached", detail: "verified", made };
}

const missing: StepStatus = { freshness: "missing", detail: "never worked" };

Deno.test("endLines() names the slowest steps and tells what the store saved", () => {
  const status = new Map([["a", cached(2000)], ["b", cached(280)], ["c", missing]]);
  const tally = makeTally({ status });
  for (const [i, seconds] of [20, 5, 200, 10].entries()) {
    tally.onEvent({ type: "started", step: steps[i]!, pid: 1 });
    tally.onEvent({ type: "done", step: steps[i]!, seconds });
  }
  assert.deepEqual(endLines(tally.end()), [
    "slowest: subset seed 3 (3 min 20 s); subset seed 1 (20 s); subset seed 4 (10 s)",
    "2 steps were there already: 38 min of work",
  ]);
});

Deno.test("endLines() says nothing where nothing was worked or there", () => {
  assert.deepEqual(endLines(makeTally({ status: new Map([["c", missing]]) }).end()), []);
});

Deno.test("endLines() tells of one step that was there", () => {
  const tally = makeTally({ status: new Map([["a", cached(280)]]) });
  assert.deepEqual(endLines(tally.end()), ["1 step was there already: 4 min 40 s of work"]);
});
