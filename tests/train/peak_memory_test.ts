import assert from "node:assert/strict";
import { peakMemory } from "@/lib/train/peak_memory.ts";

Deno.test("peakMemory() is no less than what is held, and grows with it, and does not shrink", () => {
  const before = peakMemory();
  assert.ok(before > 10 * 2 ** 20);
  let block: Uint8Array | null = new Uint8Array(200 * 2 ** 20).fill(1);
  assert.equal(block[block.length - 1], 1);
  const during = peakMemory();
  assert.ok(during >= Deno.memoryUsage().rss - 2 ** 20);
  block = null;
  if (Deno.build.os === "linux") assert.ok(peakMemory() >= during);
});
