import assert from "node:assert/strict";
import type { Network } from "@/dsl/mod.ts";
import {
  featureCount,
  layersOf,
  networkWeights,
  sizeOf,
  storedNumbers,
} from "@/lib/network/mod.ts";

const large = { family: "resnet", stem: "large", width: 64 } as const;
const resnet18: Network = { ...large, block: "basic", blocks: [2, 2, 2, 2] };
const resnet50: Network = { ...large, block: "bottleneck", blocks: [3, 4, 6, 3] };

const numbersOf = (specs: readonly { readonly shape: readonly number[] }[]) =>
  specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

Deno.test("networkWeights() has as many parameters as torchvision's ResNet-18 and ResNet-50 without their classifier", () => {
  // 11,689,512 and 25,557,032 with a classifier of 1,000 classes and its biases.
  assert.equal(numbersOf(networkWeights(resnet18).parameters), 11_689_512 - 513 * 1000);
  assert.equal(numbersOf(networkWeights(resnet50).parameters), 25_557_032 - 2049 * 1000);
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
  const layers = layersOf(resnet50);
  assert.deepEqual(JSON.parse(JSON.stringify(layers)), layers);
  assert.equal(layers.filter(({ op }) => op === "residual").length, 16);
});
