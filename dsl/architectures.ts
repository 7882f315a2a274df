import { freeze } from "@/dsl/freeze.ts";
import { type Network, resnet, vit } from "@/dsl/network.ts";

const basic = { stem: "large", block: "basic", width: 64 } as const;
const bottleneck = { stem: "large", block: "bottleneck", width: 64 } as const;
const small = { width: 384, depth: 12, heads: 6 } as const;
const base = { width: 768, depth: 12, heads: 12 } as const;

/**
 * Published networks by the names that torchvision and timm give them, without a classifier. A transformer's features are its
 * class token's, and its positions those of images of 224 px: {@linkcode vit} makes others of the same width and depth.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { architectures, networkName, untrained, vit } from "@/dsl/mod.ts";
 *
 * const encoder = untrained({ network: architectures.resnet50 });
 * assert.equal(networkName(encoder.network!), "ResNet 3-4-6-3 width 64, bottleneck, large stem");
 * // DINOv2's.
 * const { family: _, ...base } = architectures.vit_base_patch14;
 * assert.equal(vit({ ...base, pixels: 518, layerScale: true }).pixels, 518);
 * ```
 */
export const architectures = freeze(
  {
    resnet18: resnet({ ...basic, blocks: [2, 2, 2, 2] }),
    resnet34: resnet({ ...basic, blocks: [3, 4, 6, 3] }),
    resnet50: resnet({ ...bottleneck, blocks: [3, 4, 6, 3] }),
    resnet101: resnet({ ...bottleneck, blocks: [3, 4, 23, 3] }),
    resnet152: resnet({ ...bottleneck, blocks: [3, 8, 36, 3] }),
    wide_resnet50_2: resnet({ ...bottleneck, blocks: [3, 4, 6, 3], widen: 2 }),
    wide_resnet101_2: resnet({ ...bottleneck, blocks: [3, 4, 23, 3], widen: 2 }),
    vit_small_patch16: vit({ ...small, patch: 16 }),
    vit_small_patch14: vit({ ...small, patch: 14 }),
    vit_base_patch16: vit({ ...base, patch: 16 }),
    vit_base_patch14: vit({ ...base, patch: 14 }),
  } satisfies Readonly<Record<string, Network>>,
);

/** The name of a published network. */
export type ArchitectureName = keyof typeof architectures;
