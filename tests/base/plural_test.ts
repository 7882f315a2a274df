import assert from "node:assert/strict";
import { plural } from "@/lib/base/plural.ts";

Deno.test("plural() puts a number before its noun, with its thousands set apart", () => {
  assert.deepEqual(
    [plural(1, "step"), plural(0, "step"), plural(2000, "seed"), plural(2, "process")],
    ["1 step", "0 steps", "2,000 seeds", "2 processes"],
  );
});
