import assert from "node:assert/strict";
import { type ArchitectureName, architectures, type Network, vit } from "@/dsl/mod.ts";
import { multiplyAdds } from "@/lib/network/mod.ts";

Deno.test("multiplyAdds() agrees with torchvision's counts of residual networks at 224 pixels", () => {
  // In millions, the classifier of 512 or 2048 times 1000 included.
  const published: readonly (readonly [ArchitectureName, number])[] = [
    ["resnet18", 1814],
    ["resnet34", 3664],
    ["resnet50", 4089],
    ["resnet101", 7801],
    ["resnet152", 11_514],
    ["wide_resnet50_2", 11_398],
    ["wide_resnet101_2", 22_753],
  ];
  for (const [name, millions] of published) {
    const classifier = ["resnet18", "resnet34"].includes(name) ? 512_000 : 2_048_000;
    const counted = multiplyAdds(architectures[name], 224) + classifier;
    assert.equal(Math.round(counted / 1e6), millions, name);
  }
});

Deno.test("multiplyAdds() agrees with the published counts of vision transformers at 224 pixels", () => {
  // DeiT's paper has 4.6 and 17.6 thousand million (Touvron et al. 2021).
  const billions = (network: Network) => (multiplyAdds(network, 224) / 1e9).toFixed(1);
  assert.equal(billions(architectures.vit_small_patch16), "4.6");
  assert.equal(billions(architectures.vit_base_patch16), "17.6");
});

Deno.test("multiplyAdds() counts a small transformer by hand, at the size of the image and not of its positions", () => {
  const network = vit({ patch: 4, width: 6, depth: 2, heads: 3, pixels: 16 });
  const tokens = 9 + 1, patches = 9 * (4 * 4 * 3) * 6;
  const dense = tokens * 6 * (3 * 6 + 6 + 24 + 24), attention = 2 * tokens * tokens * 6;
  // The row and the column of pixels that fill no patch are not seen.
  for (const pixels of [12, 13]) {
    assert.equal(multiplyAdds(network, pixels), patches + 2 * (dense + attention));
  }
});

Deno.test("multiplyAdds() counts a small network by hand", () => {
  const network: Network = {
    family: "resnet",
    stem: "small",
    block: "basic",
    blocks: [1, 1],
    width: 2,
  };
  const stem = 16 * 9 * 3 * 2;
  const first = 2 * 16 * 9 * 2 * 2;
  const second = 4 * 9 * 4 * (2 + 4) + 4 * 2 * 4;
  assert.equal(multiplyAdds(network, 4), stem + first + second);
});
