import assert from "node:assert/strict";
import type { Network } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { loadEncoder, saveEncoder } from "@/lib/model/encoder_file.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { decodeSafetensors, encodeSafetensors } from "@/lib/base/safetensors.ts";

const network: Network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
};
const weights = initialWeights(encoderOf(network), 1);

async function inFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/encoder.safetensors`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadEncoder() gives back what saveEncoder() wrote", () =>
  inFolder(async (path) => {
    await saveEncoder(path, { network, weights });
    assert.deepEqual(await loadEncoder(path), { network, weights });
  }));

Deno.test("saveEncoder() writes the same bytes for the same encoder", () =>
  inFolder(async (path) => {
    await saveEncoder(path, { network, weights });
    const once = await Deno.readFile(path);
    const { width, blocks, ...rest } = network;
    await saveEncoder(path, { network: { blocks, ...rest, width }, weights });
    assert.deepEqual(await Deno.readFile(path), once);
  }));

Deno.test("saveEncoder() stores convolutions as PyTorch does", () =>
  inFolder(async (path) => {
    await saveEncoder(path, { network, weights });
    const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
    const stored = tensors["layer2.0.conv1.weight"]!;
    assert.deepEqual(stored.shape, [8, 4, 3, 3]);
    const values = new Float32Array(stored.bytes.slice().buffer);
    // out 5, in 2, row 1, column 0.
    const ours = weights["layer2.0.conv1.weight"]![((1 * 3 + 0) * 4 + 2) * 8 + 5];
    assert.equal(values[((5 * 4 + 2) * 3 + 1) * 3 + 0], ours);
  }));

Deno.test("saveEncoder() refuses weights that are not the network's", () =>
  inFolder(async (path) => {
    const { "bn1.bias": _, ...incomplete } = weights;
    await assert.rejects(() => saveEncoder(path, { network, weights: incomplete }), {
      message: 'Cannot save "bn1.bias": it has no values, wanted [4]',
    });
  }));

Deno.test("loadEncoder() reads a file without our metadata if told the network", () =>
  inFolder(async (path) => {
    await saveEncoder(path, { network, weights });
    const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
    const count = { dtype: "I64", shape: [], bytes: new Uint8Array(8) };
    const foreign = { ...tensors, "bn1.num_batches_tracked": count };
    await Deno.writeFile(path, encodeSafetensors({ tensors: foreign, metadata: {} }));
    await assert.rejects(() => loadEncoder(path), {
      message: `${path}: the metadata has no "network" (it has: nothing). ` +
        "Say which network it is, or use a file that this project wrote",
    });
    assert.deepEqual((await loadEncoder(path, { network })).weights, weights);
  }));

Deno.test("loadEncoder() says what the file has and what is wanted", () =>
  inFolder(async (path) => {
    await saveEncoder(path, { network, weights });
    await assert.rejects(
      () => loadEncoder(path, { network: { ...network, blocks: [2, 1] } }),
      /"layer1\.1\.conv1\.weight": the file has nothing, wanted F32 \[4,4,3,3\]; .*; and 7 more\. Give/,
    );
    await assert.rejects(
      () => loadEncoder(path, { network: { ...network, width: 2 } }),
      /"conv1\.weight": the file has F32 \[4,3,3,3\], wanted F32 \[2,3,3,3\]/,
    );
  }));
