import assert from "node:assert/strict";
import { applyScale, fitScale } from "@/lib/probe/standardise_features.ts";

Deno.test("fitScale() gives the training features mean 0 and deviation 1, and drops what does not vary", () => {
  const scale = fitScale(Float32Array.of(1, 7, 3, 7), 2);
  assert.deepEqual([...applyScale(Float32Array.of(1, 7, 3, 7), scale)], [-1, 0, 1, 0]);
  assert.deepEqual([...applyScale(Float32Array.of(2, 9), scale)], [0, 0]);
});
