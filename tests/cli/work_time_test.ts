import assert from "node:assert/strict";
import { makeWorkTime } from "@/lib/cli/work_time.ts";
import { little, makeStep, type Step } from "@/lib/plan/mod.ts";
import type { PlannedStep } from "@/lib/run/mod.ts";

const score = makeStep(
  { kind: "score", spec: { levels: [] }, needs: { probe: "p", images: "i" } },
  "score",
);
const ingest = makeStep(
  { kind: "ingest", spec: { dataset: "d", form: "world", pixels: 8 }, needs: {} },
  "ingest",
);

function planned(step: Step, seconds: number): PlannedStep {
  return {
    step,
    code: "",
    seconds,
    place: 1,
    bytes: 1,
    memory: little,
    of: [],
  };
}

Deno.test("makeWorkTime() lets begin what will be done in time, and what others go on with until the end is near", () => {
  let now = 0;
  const time = makeWorkTime(10, () => now);
  // Of 600 s, 60 are kept for checkpoints.
  assert.equal(time.fits(planned(score, 540)), true);
  assert.equal(time.fits(planned(score, 541)), false);
  assert.equal(time.fits(planned(ingest, 1e6)), true);
  now = 500_000;
  assert.equal(time.fits(planned(score, 41)), false);
  assert.equal(time.fits(planned(ingest, 1e6)), true);
  now = 540_000;
  assert.equal(time.fits(planned(ingest, 1e6)), false);
  time.close();
});

Deno.test("makeWorkTime() reckons with how long steps take here", () => {
  const time = makeWorkTime(10, () => 0);
  time.onEvent({ type: "done", step: score, seconds: 290 }, new Map([[score.key, 90]]));
  assert.equal(time.fits(planned(score, 181)), false);
  assert.equal(time.fits(planned(score, 180)), true);
  time.close();
});

Deno.test("makeWorkTime() without an end lets all begin, and waits for nothing", () => {
  const time = makeWorkTime(undefined);
  assert.equal(time.fits(planned(score, 1e9)), true);
  assert.equal(time.seconds, Infinity);
});
