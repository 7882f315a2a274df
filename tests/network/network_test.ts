import assert from "node:assert/strict";
import { type ArchitectureName, architectures, type Network, vit } from "@/dsl/mod.ts";
import {
  featureCount,
  layersOf,
  networkWeights,
  sizeOf,
  storedNumbers,
} from "@/lib/network/mod.ts";

const { resnet18, resnet50 } = architectures;

const numbersOf = (specs: readonly { readonly shape: readonly number[] }[]) =>
  specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

Deno.test("networkWeights() has as many parameters as torchvision's and timm's networks without their classifier", () => {
  // With a classifier of 1,000 classes and its biases. Of patches of 14 px, those of 16 less what the smaller patches lack and
  // more for 256 places in place of 196.
  const published: Readonly<Record<ArchitectureName, number>> = {
    resnet18: 11_689_512,
    resnet34: 21_797_672,
    resnet50: 25_557_032,
    resnet101: 44_549_160,
    resnet152: 60_192_808,
    wide_resnet50_2: 68_883_240,
    wide_resnet101_2: 126_886_696,
    vit_small_patch16: 22_050_664,
    vit_small_patch14: 22_050_664 - (16 ** 2 - 14 ** 2) * 3 * 384 + 60 * 384,
    vit_base_patch16: 86_567_656,
    vit_base_patch14: 86_567_656 - (16 ** 2 - 14 ** 2) * 3 * 768 + 60 * 768,
  };
  for (const [name, network] of Object.entries(architectures)) {
    const counted = numbersOf(networkWeights(network).parameters);
    const classifier = (featureCount(network) + 1) * 1000;
    assert.equal(counted + classifier, published[name as ArchitectureName], name);
  }
});

Deno.test("networkWeights() of a transformer names them as timm does, its last normalisation by what it is of", () => {
  const shape = { patch: 8, width: 12, depth: 1, heads: 3, pixels: 32 };
  const of = (network: Network) =>
    networkWeights(network).parameters.map(({ name, shape }) => `${name} ${shape.join(" ")}`);
  const names = of(vit({ ...shape, layerScale: true }));
  assert.deepEqual(names, [
    "patch_embed.proj.weight 8 8 3 12",
    "patch_embed.proj.bias 12",
    "cls_token 1 1 12",
    "pos_embed 1 17 12",
    "blocks.0.norm1.weight 12",
    "blocks.0.norm1.bias 12",
    "blocks.0.attn.qkv.weight 12 36",
    "blocks.0.attn.qkv.bias 36",
    "blocks.0.attn.proj.weight 12 12",
    "blocks.0.attn.proj.bias 12",
    "blocks.0.ls1.gamma 12",
    "blocks.0.norm2.weight 12",
    "blocks.0.norm2.bias 12",
    "blocks.0.mlp.fc1.weight 12 48",
    "blocks.0.mlp.fc1.bias 48",
    "blocks.0.mlp.fc2.weight 48 12",
    "blocks.0.mlp.fc2.bias 12",
    "blocks.0.ls2.gamma 12",
    "norm.weight 12",
    "norm.bias 12",
  ]);
  const mean = of(vit({ ...shape, pool: "mean" }));
  assert.deepEqual(mean, [
    ...names.filter((name) => !name.includes(".ls")).slice(0, -2),
    "fc_norm.weight 12",
    "fc_norm.bias 12",
  ]);
});

Deno.test("storedNumbers() counts parameters and running statistics, and featureCount() the last channels", () => {
  for (const [network, features] of [[resnet18, 512], [resnet50, 2048]] as const) {
    const { parameters, statistics } = networkWeights(network);
    assert.equal(storedNumbers(network), numbersOf(parameters) + numbersOf(statistics));
    assert.equal(
      numbersOf(statistics),
      numbersOf(parameters.filter(({ kind }) => kind !== "conv")),
    );
    assert.equal(featureCount(network), features);
  }
});

Deno.test("layersOf() is plain data, the same after a passage through JSON", () => {
  for (const [network, blocks] of [[resnet50, 16], [architectures.vit_base_patch16, 24]] as const) {
    const layers = layersOf(network);
    assert.deepEqual(JSON.parse(JSON.stringify(layers)), layers);
    assert.equal(layers.filter(({ op }) => op === "residual").length, blocks);
  }
});
