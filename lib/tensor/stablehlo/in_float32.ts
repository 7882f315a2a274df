import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";

/**
 * Computes in float32 where x is bfloat16, and rounds the result once, as TensorFlow's kernels do.
 *
 * @param f Of x in float32, or as it is where it is no bfloat16.
 */
export function inFloat32(b: Builder, x: Value, f: (x: Value) => Value): Value {
  return x.element === "bf16" ? b.convert(f(b.convert(x, "f32")), "bf16") : f(x);
}
