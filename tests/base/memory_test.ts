import assert from "node:assert/strict";
import { memory } from "@/lib/base/memory.ts";

Deno.test("memory() is what the machine has, and never more", () => {
  const { total, available } = memory();
  assert.ok(available > 0 && available <= total);
  assert.ok(total <= Deno.systemMemoryInfo().total);
});
