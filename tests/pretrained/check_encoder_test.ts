import assert from "node:assert/strict";
import { architectures } from "@/dsl/mod.ts";
import { decodeSafetensors, encodeSafetensors } from "@/lib/base/safetensors.ts";
import { checkEncoder } from "@/lib/pretrained/check_encoder.ts";
import { bytesOf, withFile } from "@/tests/pretrained/pickled.ts";
import { resnet18 } from "@/tests/pretrained/resnet18.ts";

Deno.test("checkEncoder() finds weights that are no numbers, or of no type of floats, before any work", () =>
  withFile(bytesOf(), async (path) => {
    const file = decodeSafetensors(resnet18("", []), path);
    const checkWith = async (dtype: string, numbers: Float32Array | Int32Array) => {
      const bytes = new Uint8Array(numbers.buffer as ArrayBuffer);
      const tensors = { ...file.tensors, "bn1.bias": { dtype, shape: [64], bytes } };
      await Deno.writeFile(path, encodeSafetensors({ ...file, tensors }));
      const normalisation = { mean: [0, 0, 0], std: [1, 1, 1] } as const;
      const seen = { pixels: 224, normalisation, sha256: "" };
      await checkEncoder({ path, network: architectures.resnet18, ...seen });
    };
    const bias = new Float32Array(64);
    await checkWith("F32", bias);
    await assert.rejects(checkWith("I32", new Int32Array(64)), /"bn1\.bias" is I32/);
    for (const wrong of [NaN, Infinity]) {
      await assert.rejects(
        checkWith("F32", bias.with(63, wrong)),
        /"bn1\.bias" has values that are no numbers, or infinite\. Its training had failed/,
      );
    }
  }, { name: "weights.safetensors" }));
