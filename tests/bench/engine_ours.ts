/** One process that repeats our compiled training step: `engine_ours.ts CASE PRECISION SECONDS THREADS`. */

import { loadBackend, type Precision } from "@/lib/tensor/mod.ts";
import { type EngineCase, viewsOf } from "@/tests/bench/engine_cases.ts";
import { repeatedStep } from "@/tests/bench/repeated_step.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

const [what, precision, limit, threads] = Deno.args;
const engineCase = JSON.parse(what!) as EngineCase;
const WARM_UP = 2;

await loadBackend({ threads: Number(threads) });
const step = repeatedStep(engineCase, { precision: precision as Precision });
for (let i = 0; i < WARM_UP; i++) await step.run();

await measureWhenTold(async () => {
  const losses: number[] = [];
  const started = performance.now();
  let seconds = 0;
  while (seconds < Number(limit)) {
    losses.push(await step.run());
    seconds = (performance.now() - started) / 1000;
  }
  const views = losses.length * viewsOf(engineCase);
  return { views, seconds, parameters: step.parameters, losses };
});
