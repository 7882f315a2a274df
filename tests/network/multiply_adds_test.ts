import assert from "node:assert/strict";
import type { Network } from "@/dsl/mod.ts";
import { multiplyAdds } from "@/lib/network/mod.ts";

const large = { family: "resnet", stem: "large", width: 64 } as const;

Deno.test("multiplyAdds() agrees with the published counts of ResNet-18 and ResNet-50 at 224 pixels", () => {
  // torchvision states 1.814 and 4.089 thousand million, the classifier of 512 or 2048 times 1000 included.
  const resnet18: Network = { ...large, block: "basic", blocks: [2, 2, 2, 2] };
  const resnet50: Network = { ...large, block: "bottleneck", blocks: [3, 4, 6, 3] };
  assert.equal(Math.round((multiplyAdds(resnet18, 224) + 512_000) / 1e6), 1814);
  assert.equal(Math.round((multiplyAdds(resnet50, 224) + 2_048_000) / 1e6), 4089);
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
