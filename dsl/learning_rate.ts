/**
 * The linear rule: the rate grows with the batch (Goyal et al. 2017). SimCLR's is 0.3 for every 256 images.
 *
 * @param per256 The rate at 256 images a step.
 * @param batch Images a step.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearRate } from "@/dsl/mod.ts";
 *
 * assert.equal(linearRate(0.3, 4096), 4.8);
 * ```
 */
export function linearRate(per256: number, batch: number): number {
  return per256 * (batch / 256);
}
