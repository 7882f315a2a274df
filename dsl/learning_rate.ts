import type { Training } from "@/dsl/training.ts";

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

/**
 * The rate of a training with another batch, by the rule of its optimizer: it grows with the batch for SGD and LARS (Goyal et al.
 * 2017), as in the published recipes, and with the batch's square root for Adam (Krizhevsky 2014; Malladi et al. 2022).
 *
 * @param batch Images a step.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { methods, rateAtBatch } from "@/dsl/mod.ts";
 *
 * assert.equal(rateAtBatch(methods.simclr.recipes.paper, 512), 0.6);
 * ```
 */
export function rateAtBatch(
  training: Pick<Training, "batch" | "learningRate"> & {
    readonly optimizer: Pick<Training["optimizer"], "name">;
  },
  batch: number,
): number {
  const share = batch / training.batch;
  const factor = training.optimizer.name === "adam" ? Math.sqrt(share) : share;
  return Number((training.learningRate * factor).toPrecision(3));
}
