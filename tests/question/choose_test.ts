import assert from "node:assert/strict";
import { chooseParts, type Part } from "@/lib/question/mod.ts";
import { birds, everything } from "@/tests/question/facts.ts";

const costs: Readonly<Partial<Record<Part["name"], number>>> = {
  "start": 100,
  "own": 1000,
  "own-quarter": 250,
  "own-sixteenth": 60,
  "finetune": 500,
};
const secondsOf = (parts: readonly Part[]) =>
  parts.reduce((sum, { name, told }) =>
    // What is pretrained on costs by how much it is, whatever the part is called.
    sum + (told.includes("pretraining on 500 ") ? 250 : costs[name] ?? 10), 0);

Deno.test("chooseParts() without a limit asks everything", () => {
  const { parts, leftOut, seconds } = chooseParts(birds, everything, { secondsOf });
  assert.equal(parts.length, 9);
  assert.deepEqual(leftOut, []);
  assert.equal(seconds, 100 + 1000 + 250 + 60 + 500 + 4 * 10);
});

Deno.test("chooseParts() takes what fits, the most important first, and tells what is left out and its cost", () => {
  const { parts, leftOut, seconds } = chooseParts(birds, everything, { limit: 1250, secondsOf });
  assert.deepEqual(parts.map(({ name }) => name), [
    "start",
    "bad-images",
    "scratch",
    "own",
    "neighbours",
    "fusion",
    "own-sixteenth",
  ]);
  assert.deepEqual(leftOut, [
    { told: "fine-tuning", seconds: 500 },
    { told: "pretraining on 500 of your images", seconds: 250 },
  ]);
  assert.equal(seconds, 1200);
});

Deno.test("chooseParts() pretrains on fewer images where there is no time for all, and on none where there is for none", () => {
  const fewer = chooseParts(birds, everything, { limit: 450, secondsOf });
  assert.ok(fewer.parts.some(({ told }) => told === "pretraining on 500 of your images"));
  assert.equal(fewer.leftOut[0]?.told, "pretraining on 2000 of your images");
  const none = chooseParts(birds, everything, { limit: 130, secondsOf });
  assert.ok(!none.parts.some(({ name }) => name.startsWith("own")));
  assert.deepEqual(
    none.leftOut.filter(({ told }) => told.startsWith("pretraining")).map(({ told }) => told),
    [2000, 500, 125].map((count) => `pretraining on ${count} of your images`),
  );
});

Deno.test("chooseParts() asks the least even where there is no time for it", () => {
  const { parts, seconds } = chooseParts(birds, everything, { limit: 1, secondsOf });
  assert.deepEqual(parts.map(({ name }) => name), ["start"]);
  assert.equal(seconds, 100);
});
