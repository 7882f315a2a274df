import { checked } from "@/dsl/checked.ts";
import { clean } from "@/dsl/corruption.ts";
import type { EncoderBy } from "@/dsl/encoder.ts";
import { type FloorName, type FloorOf, floors, ofFloor } from "@/dsl/floor.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, optional } from "@/dsl/rules.ts";

/** Settings of a floor, in place of its own. */
export type FloorOptions<F extends FloorName> = Partial<Omit<FloorOf<F>, "family">>;

/** Raw pixels as an encoder, which nothing trains: what every network has to beat. */
export function pixels(options: FloorOptions<"pixels"> = {}): EncoderBy<"pixels"> {
  checked("pixels", arguments, { options: optional(fields(ofFloor("pixels"))) });
  return encoderBy("pixels", options);
}

/** A histogram of colours as an encoder, which knows no place. */
export function colours(options: FloorOptions<"colours"> = {}): EncoderBy<"colours"> {
  checked("colours", arguments, { options: optional(fields(ofFloor("colours"))) });
  return encoderBy("colours", options);
}

/**
 * Histograms of oriented gradients as an encoder, which knows no colour.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { colours, fuse, gradients, knn, pixels, trial } from "@/dsl/mod.ts";
 *
 * trial(fuse(colours(), gradients()), knn("species"));
 * assert.deepEqual(pixels({ side: 8 }).network, { family: "pixels", side: 8 });
 * ```
 */
export function gradients(options: FloorOptions<"gradients"> = {}): EncoderBy<"gradients"> {
  checked("gradients", arguments, { options: optional(fields(ofFloor("gradients"))) });
  return encoderBy("gradients", options);
}

function encoderBy<F extends FloorName>(method: F, options: FloorOptions<F>): EncoderBy<F> {
  const isGiven = Object.keys(options).length > 0;
  return freeze({
    kind: "encoder",
    method,
    source: null,
    corruption: clean(),
    budget: "recipe",
    replica: 0,
    training: {},
    network: isGiven ? { ...floors[method], ...options } : null,
  });
}
