import assert from "node:assert/strict";
import { knnMemory, linearMemory, sgdLinearMemory } from "@/lib/plan/probe_memory.ts";

const size = { lengths: [3], trainImages: 100, testImages: 40, labelled: 50, classes: 5 };

Deno.test("linearMemory() counts features and what L-BFGS remembers by hand", () => {
  assert.deepEqual(linearMemory(size), {
    host: 4 * 3 * (140 + 3 * 50 + 40) + 8 * 24 * 4 * 5,
    device: 4 * 50 * (3 * 4 + 5 * 5) + 4 * 9,
    divided: 0,
  });
});

Deno.test("sgdLinearMemory() and knnMemory() hold features once and twice, and fused ones are put side by side", () => {
  const sgd = sgdLinearMemory(size, 64);
  assert.equal(sgd.device, 4 * (50 * 3 + 5 * 4 * 5));
  assert.equal(sgd.divided, 4 * 50 * (3 + 25), "a batch is no larger than the labels");
  assert.equal(knnMemory(size).device, 4 * (2 * 50 * 3 + 2 * 50 * 40));
  const many = { ...size, testImages: 1e6 };
  assert.equal(knnMemory(many).device, 4 * (2 * 50 * 3 + 2 * 2 ** 24), "a block at a time");
  const fused = knnMemory({ ...size, lengths: [3, 3] });
  assert.equal(fused.host, 4 * 6 * (2 * 140 + 3 * 50 + 40));
});
