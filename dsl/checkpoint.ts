import { checked } from "@/dsl/checked.ts";
import { clean } from "@/dsl/corruption.ts";
import type { EncoderBy } from "@/dsl/encoder.ts";
import { freeze } from "@/dsl/freeze.ts";
import { like, type Rule } from "@/dsl/rules.ts";

/**
 * The name of an encoder from outside.
 *
 * @internal
 */
export const aCheckpointName: Rule = like(
  "the name of an encoder in encoders.yaml, of letters and digits with - _ . between them, such as dino-r50",
  (value) => typeof value === "string" && /^[\p{L}\d]+([-_.]+[\p{L}\d]+)*$/u.test(value),
);

/**
 * An encoder that others trained: `encoders.yaml` says in which file it is. It sees images at the size and in the
 * normalisation that are its own, whatever the scale.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkpoint, fuse, grid, knn, linear, mean, pixels } from "@/dsl/mod.ts";
 *
 * const dino = checkpoint("dino-r50");
 * const trials = grid([dino, pixels(), fuse(dino, pixels())], [linear("species"), knn("species")]);
 * assert.equal(trials.length, 6);
 * mean({ checkpoint: "dino-r50", probe: "linear", on: "species" });
 * ```
 */
export function checkpoint(name: string): EncoderBy<"checkpoint"> {
  checked("checkpoint", arguments, { name: aCheckpointName });
  return freeze({
    kind: "encoder",
    method: "checkpoint",
    source: null,
    corruption: clean(),
    budget: "recipe",
    replica: 0,
    training: {},
    network: null,
    checkpoint: name,
  });
}
