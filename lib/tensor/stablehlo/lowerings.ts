import { batchNorm } from "@/lib/tensor/stablehlo/batch_norm.ts";
import { binary } from "@/lib/tensor/stablehlo/binary.ts";
import { convolution } from "@/lib/tensor/stablehlo/convolution.ts";
import { crops } from "@/lib/tensor/stablehlo/crops.ts";
import { gathers } from "@/lib/tensor/stablehlo/gather.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";
import { pools } from "@/lib/tensor/stablehlo/pools.ts";
import { products } from "@/lib/tensor/stablehlo/products.ts";
import { reductions } from "@/lib/tensor/stablehlo/reductions.ts";
import { resize } from "@/lib/tensor/stablehlo/resize.ts";
import { scatters } from "@/lib/tensor/stablehlo/scatter.ts";
import { select } from "@/lib/tensor/stablehlo/select.ts";
import { shapes } from "@/lib/tensor/stablehlo/shapes.ts";
import { slices } from "@/lib/tensor/stablehlo/slices.ts";
import { topK } from "@/lib/tensor/stablehlo/top_k.ts";
import { unary } from "@/lib/tensor/stablehlo/unary.ts";

const LOWERINGS: Readonly<Record<string, Lowering>> = {
  ...unary,
  ...binary,
  ...select,
  ...shapes,
  ...slices,
  ...reductions,
  ...gathers,
  ...scatters,
  ...products,
  ...convolution,
  ...batchNorm,
  ...pools,
  ...crops,
  ...resize,
  ...topK,
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
