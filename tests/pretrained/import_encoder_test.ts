import assert from "node:assert/strict";
import { resnet, vit } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "@/lib/base/safetensors.ts";
import { loadEncoder, saveEncoder } from "@/lib/model/encoder_file.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { networkWeights } from "@/lib/network/mod.ts";
import { importEncoder } from "@/lib/pretrained/import_encoder.ts";
import { bytesOf, withFile } from "@/tests/pretrained/pickled.ts";

const networks = [
  resnet({ blocks: [1, 1], width: 2, block: "bottleneck", stem: "large", widen: 2 }),
  vit({ patch: 4, width: 4, depth: 1, heads: 2, pixels: 8 }),
];

for (const network of networks) {
  Deno.test(`an encoder that this project trained (${network.family}) is read back as from outside, to the bit`, () =>
    withFile(bytesOf(), async (path) => {
      const weights = initialWeights(networkWeights(network), 3);
      await saveEncoder(path, { network, weights });
      const own = await Deno.readFile(path);
      const { bytes, layout, dropped } = await importEncoder(path, network);
      assert.deepEqual(bytes, own);
      assert.deepEqual([layout, dropped.size], ["torchvision", 0]);
      await Deno.writeFile(path, bytes);
      const again = await loadEncoder(path);
      assert.deepEqual(again.network, network);
      assert.deepEqual(again.weights, { ...weights });
    }, { name: "encoder.safetensors" }));
}

Deno.test("weights of another type become float32, and values that are no numbers are refused by the tensor's name", () =>
  withFile(bytesOf(), async (path) => {
    const network = networks[1]!;
    await saveEncoder(path, { network, weights: initialWeights(networkWeights(network), 3) });
    const file = decodeSafetensors(await Deno.readFile(path), path);
    const withBias = async (dtype: string, bytes: Uint8Array) => {
      const tensors = { ...file.tensors, "norm.bias": { dtype, shape: [4], bytes } };
      await Deno.writeFile(path, encodeSafetensors({ ...file, tensors }));
      return await importEncoder(path, network);
    };
    const { bytes } = await withBias("F16", new Uint8Array(Float16Array.of(1, -2, 0, 0.5).buffer));
    const bias = decodeSafetensors(bytes, path).tensors["norm.bias"]!;
    assert.equal(bias.dtype, "F32");
    assert.deepEqual([...new Float32Array(bias.bytes.slice().buffer)], [1, -2, 0, 0.5]);
    await assert.rejects(
      withBias("F32", new Uint8Array(Float32Array.of(1, NaN, 0, 0).buffer)),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(
          error.message,
          /weights\.safetensors: "norm\.bias" has values that are no numbers/,
        );
        return true;
      },
    );
    await assert.rejects(withBias("I32", new Uint8Array(16)), /"norm\.bias" is I32/);
  }, { name: "weights.safetensors" }));
