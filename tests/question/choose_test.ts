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
const secondsOf = (parts: readonly Part[], seeds: number) =>
  seeds / 2 * parts.reduce((sum, { name, told }) =>
    // What is pretrained on costs by how much it is, whatever the part is called.
    sum + (told.includes("pretraining on 500 ") ? 250 : costs[name] ?? 10), 0);

Deno.test("chooseParts() without a limit asks everything", () => {
  const { parts, leftOut, seeds, seconds } = chooseParts(birds, everything, { secondsOf });
  assert.equal(parts.length, 9);
  assert.equal(seeds, 2);
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
    { told: "fine-tuning what was pretrained on your images", seconds: 500 },
    { told: "pretraining on 500 of your images", seconds: 250 },
  ]);
  assert.equal(seconds, 1200);
});

Deno.test("chooseParts() pretrains on fewer images where there is no time for all, and on none where there is for none", () => {
  const fewer = chooseParts(birds, everything, { limit: 450, secondsOf });
  assert.ok(fewer.parts.some(({ told }) => told === "pretraining on 500 of your images"));
  assert.equal(fewer.leftOut[0]?.told, "pretraining on 2,000 of your images");
  const none = chooseParts(birds, everything, { limit: 130, secondsOf });
  assert.ok(!none.parts.some(({ name }) => name.startsWith("own")));
  assert.deepEqual(
    none.leftOut.filter(({ told }) => told.startsWith("pretraining")).map(({ told }) => told),
    ["2,000", "500", "125"].map((count) => `pretraining on ${count} of your images`),
  );
});

Deno.test("chooseParts() asks the least even where there is no time for it", () => {
  const { parts, seconds } = chooseParts(birds, everything, { limit: 1, secondsOf });
  assert.deepEqual(parts.map(({ name }) => name), ["start"]);
  assert.equal(seconds, 100);
});

Deno.test("chooseParts() asks with more seeds where time is left, unless their number is wished", () => {
  const all = 100 + 1000 + 250 + 60 + 500 + 4 * 10;
  const chosen = (limit: number, wished = {}) => {
    const { parts, seeds, seconds } = chooseParts(birds, { ...everything, ...wished }, {
      limit,
      secondsOf,
    });
    return [parts.length, seeds, seconds];
  };
  assert.deepEqual(chosen(all), [9, 2, all]);
  assert.deepEqual(chosen(2 * all - 1), [9, 3, 1.5 * all]);
  assert.deepEqual(chosen(100 * all), [9, 5, 2.5 * all]);
  assert.deepEqual(chosen(100 * all, { seeds: 3 }), [9, 3, 1.5 * all]);
  // What does not fit leaves some, too.
  assert.deepEqual(chosen(700), [7, 3, 1.5 * 450]);
});
