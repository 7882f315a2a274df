import assert from "node:assert/strict";
import { type Network, vit } from "@/dsl/mod.ts";
import { activationsOf } from "@/lib/network/mod.ts";

Deno.test("activationsOf() counts a small network by hand", () => {
  const network: Network = {
    family: "resnet",
    stem: "small",
    block: "basic",
    blocks: [1, 1],
    width: 2,
  };
  // On 4 x 4 pixels of 2 channels: the stem's convolution and rectifier, and two of each in the first block.
  const first = (2 + 4) * 16 * 2;
  // On 2 x 2 pixels of 4 channels: two of each, and the convolution of the shortcut.
  const second = 5 * 4 * 4;
  assert.deepEqual(activationsOf(network, 4), { kept: first + second, largest: 32 });
});

Deno.test("activationsOf() agrees with the published 11.1 million outputs of ResNet-50's convolutions", () => {
  // Radosavovic et al. 2020, table 4; rectifiers and the pooling make about as many again.
  const { kept, largest } = activationsOf({
    ...{ family: "resnet", stem: "large", block: "bottleneck" },
    ...{ blocks: [3, 4, 6, 3], width: 64 },
  }, 224);
  assert.ok(kept > 1.7 * 11.1e6 && kept < 2 * 11.1e6, `${kept}`);
  assert.equal(largest, 112 * 112 * 64);
});

Deno.test("activationsOf() counts a small transformer by hand", () => {
  const network = vit({ patch: 4, width: 6, depth: 1, heads: 3, pixels: 8 });
  // Of 4 patches and the class token: each normalisation and what is within it, the parts of attention and the weights of three
  // heads, the hidden layer's unit and its factors; and the last normalisation, of the class token alone.
  const normalised = 4 * 6 + 2 * 5 * 6, attention = 5 * 5 * 6 + 3 * 5 * 5;
  const hidden = 4 * 24 + 3 * 5 * 24, last = 6 + 2 * 2 * 6;
  assert.deepEqual(activationsOf(network, 8), {
    kept: 2 * normalised + attention + hidden + last,
    largest: 3 * 5 * 24,
  });
});
