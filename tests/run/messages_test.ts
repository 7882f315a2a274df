import assert from "node:assert/strict";
import { makeStep } from "@/lib/plan/mod.ts";
import { readAnswer, readOrder } from "@/lib/run/messages.ts";
import { engine } from "@/tests/run/fixture.ts";

const step = makeStep(
  { kind: "subset", spec: { size: 4, seed: 1 }, needs: { images: "i" } },
  "four",
);
const order = {
  step,
  store: "/store",
  claim: { path: "/store/claims/k.json", nonce: "n" },
  code: "c",
  command: "test",
  binding: null,
  weights: null,
  world: { train: 1, test: 1, seed: 0 },
  engine,
};

Deno.test("readOrder() gives the order that was sent", () => {
  assert.deepEqual(readOrder(JSON.stringify(order)), order);
});

Deno.test("readOrder() refuses a step that is not of its kind's form", () => {
  for (const other of [{ ...step, kind: "another" }, { ...step, spec: { size: "four" } }]) {
    assert.throws(() => readOrder(JSON.stringify({ ...order, step: other })), /Invalid/);
  }
});

Deno.test("readAnswer() passes over what a library writes", () => {
  assert.deepEqual(readAnswer('{"type":"done","seconds":1}'), { type: "done", seconds: 1 });
  assert.deepEqual(readAnswer('{"type":"given back"}'), { type: "given back" });
  assert.equal(readAnswer("2024-01-01: I tensorflow/core"), null);
  assert.equal(readAnswer('{"type":"another"}'), null);
});
