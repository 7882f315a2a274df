import { arithmetic } from "@/lib/tensor/stablehlo/arithmetic.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";

const LOWERINGS: Readonly<Record<string, Lowering>> = {
  ...arithmetic,
};

/**
 * How one of TensorFlow's ops is written in StableHLO.
 *
 * @throws {Error} If no one wrote that down.
 */
export function loweringOf(name: string): Lowering {
  const lowering = Object.hasOwn(LOWERINGS, name) ? LOWERINGS[name] : undefined;
  if (lowering !== undefined) return lowering;
  throw new Error(
    `Cannot compile ${name}: this engine has no program for it. It has those of ` +
      "lib/tensor/stablehlo/lowerings.ts; do this outside the compiled function, or add one there",
  );
}

/** TensorFlow's names of the ops that can be written in StableHLO, sorted. */
export function supportedOps(): readonly string[] {
  return Object.keys(LOWERINGS).sort();
}
