import { architectures } from "@/dsl/mod.ts";
import { encodeSafetensors } from "@/lib/base/safetensors.ts";
import { sizeOf } from "@/lib/network/mod.ts";
import { torchTensors } from "@/lib/pretrained/fit_layout.ts";

/** A ResNet-18 whose weights are all alike, and so small that nothing grows beyond bounds, in a layout's names, with others beside it. */
export function resnet18(prefix: string, beside: readonly string[]): Uint8Array {
  const own = torchTensors(architectures.resnet18).map(({ name, shape }) =>
    [prefix + name, shape] as const
  );
  const tensors = Object.fromEntries(
    [...own, ...beside.map((name) => [name, [1]] as const)].map(([name, shape]) => [name, {
      dtype: "F32",
      shape,
      bytes: new Uint8Array(new Float32Array(sizeOf(shape)).fill(2 ** -7).buffer),
    }]),
  );
  return encodeSafetensors({ tensors, metadata: {} });
}
