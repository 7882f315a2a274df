import type { ElementType } from "@/lib/tensor/stablehlo/types.ts";

/**
 * What a product of float32 says of its precision: a GPU would else round to TF32, with bfloat16's error (a recipe that
 * wants that says bfloat16).
 *
 * @param as How the op writes it: as one more attribute, or as a clause of its own.
 * @returns Text that follows others; empty where there is nothing to say.
 */
export function highest(element: ElementType, as: "attribute" | "clause"): string {
  if (element !== "f32") return "";
  if (as === "clause") return ", precision = [HIGHEST, HIGHEST]";
  const one = "#stablehlo<precision HIGHEST>";
  return `, precision_config = [${one}, ${one}]`;
}
