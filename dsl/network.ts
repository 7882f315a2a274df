import { checked } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, list, number, optional, type Rule, shown, word } from "@/dsl/rules.ts";

const stems = ["small", "large"] as const;
const blockKinds = ["basic", "bottleneck"] as const;

/** A residual network (He et al. 2016). */
export interface Network {
  readonly family: "resnet";
  /** `"small"`: one 3x3 convolution of stride 1; `"large"`: 7x7 of stride 2 and max pooling. */
  readonly stem: (typeof stems)[number];
  readonly block: (typeof blockKinds)[number];
  /** Blocks of each stage; channels double and resolution halves from stage to stage. */
  readonly blocks: readonly number[];
  /** Channels of the first stage. */
  readonly width: number;
}

/** What {@linkcode resnet} needs. */
export type ResnetOptions =
  & Pick<Network, "blocks" | "width">
  /** `"small"` and `"basic"` unless given. */
  & Partial<Pick<Network, "stem" | "block">>;

/**
 * A residual network for an encoder or a scale of one's own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, networkName, resnet, simclr } from "@/dsl/mod.ts";
 *
 * const network = resnet({ blocks: [2, 2, 2], width: 32 });
 * assert.equal(networkName(network), "ResNet 2-2-2 width 32");
 * assert.equal(simclr(domain("species"), { network }).network, network);
 * ```
 */
export function resnet(options: ResnetOptions): Network {
  const isRight = checked("resnet", arguments, { options: fields(ofResnet) });
  // What follows from a mistake is none of its own.
  const { blocks, width, stem = "small", block = "basic" }: ResnetOptions = isRight
    ? options
    : { blocks: [1], width: 1 };
  return freeze({ family: "resnet", stem, block, blocks: [...blocks], width });
}

const aCount = number("1, 2, 3, …", (one) => Number.isSafeInteger(one) && one > 0);

const ofResnet = {
  blocks: list(aCount, "blocks of each stage", 1),
  width: aCount,
  stem: optional(word(() => stems)),
  block: optional(word(() => blockKinds)),
};

/**
 * A network.
 *
 * @internal
 */
export const aNetwork: Rule = (value, name) =>
  typeof value === "object" && value !== null && "family" in value
    ? fields({ ...ofResnet, family: word(() => ["resnet"]) })(value, name)
    : [{ problem: `${name} is ${shown(value)}`, remedy: "Give a network, as resnet() gives it" }];

/** A short readable name of a network, as it stands in the rows: "ResNet 2-2-2 width 32". */
export function networkName({ blocks, width, stem, block }: Network): string {
  return [
    `ResNet ${blocks.join("-")} width ${width}`,
    ...block === "basic" ? [] : [block],
    ...stem === "small" ? [] : [`${stem} stem`],
  ].join(", ");
}
