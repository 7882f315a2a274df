import assert from "node:assert/strict";
import type { Measured } from "@/tests/bench/engine_row.ts";
import { bestForm, nearBest, torchForms } from "@/tests/bench/torch_form.ts";

const THREADS = "threads, contiguous", LAST = "threads, channels-last";
const COMPILED = "processes, contiguous, compiled";

Deno.test("PyTorch is tried with threads and processes, in both layouts, with and without compiling", () => {
  const names = torchForms.map(({ name }) => name);
  assert.equal(new Set(names).size, 8);
  for (const name of [THREADS, LAST, COMPILED]) assert.ok(names.includes(name), name);
});

Deno.test("nearBest() keeps what came near the best, and drops the slow and what failed", () => {
  const measured = { [THREADS]: at(80), [LAST]: at(90), [COMPILED]: at(100) };
  assert.deepEqual(nearBest(measured).map(({ name }) => name), [LAST, COMPILED]);
});

Deno.test("bestForm() goes by the median of the rounds", () => {
  const measured = { [THREADS]: at(90, 500, 91), [LAST]: at(100, 101, 99) };
  assert.equal(bestForm(measured), LAST);
});

Deno.test("bestForm() passes over a form that was not measured in every round", () => {
  const measured = { [COMPILED]: at(120), [THREADS]: at(90, 95), [LAST]: at(100, 101) };
  assert.equal(bestForm(measured), LAST);
});

function at(...rates: number[]): Measured[] {
  return rates.map((rate) => ({ rate, proportional: 0, resident: 0, said: [] }));
}
