import { checked, refuseCall } from "@/dsl/checked.ts";
import { type Floor, floorName, isFloor } from "@/dsl/floor.ts";
import { freeze } from "@/dsl/freeze.ts";
import { type Checkpoint, isCheckpoint } from "@/dsl/outside.ts";
import { fields, like, list, number, optional, type Rule, shown, word } from "@/dsl/rules.ts";

const stems = ["small", "large"] as const;
const blockKinds = ["basic", "bottleneck"] as const;
const pools = ["class", "mean"] as const;

/** A residual network (He et al. 2016). */
export interface Resnet {
  readonly family: "resnet";
  /** `"small"`: one 3x3 convolution of stride 1; `"large"`: 7x7 of stride 2 and max pooling. */
  readonly stem: (typeof stems)[number];
  readonly block: (typeof blockKinds)[number];
  /** Blocks of each stage; channels double and resolution halves from stage to stage. */
  readonly blocks: readonly number[];
  /** Channels of the first stage. */
  readonly width: number;
  /** How many times the channels that it would have the 3x3 convolution of a bottleneck has, where not 1 (Zagoruyko and Komodakis 2016). */
  readonly widen?: number;
}

/** A vision transformer (Dosovitskiy et al. 2021), with layer normalisation first in its blocks and dense layers of four times its width. */
export interface Vit {
  readonly family: "vit";
  /** Side of a patch in pixels. */
  readonly patch: number;
  readonly width: number;
  /** Blocks, each of attention and two dense layers. */
  readonly depth: number;
  /** Of attention; they divide the width. */
  readonly heads: number;
  /** What its features are: the class token, or, as MAE has it where all is fine-tuned, the normalised mean of the patches. */
  readonly pool: (typeof pools)[number];
  /** Side of the images that its position embedding is of, a multiple of the patch; for others it is interpolated, as DINO does. */
  readonly pixels: number;
  /** Whether each channel of what a block adds has a factor of its own (Touvron et al. 2021), as in DINOv2; absent where not. */
  readonly layerScale?: true;
}

/** A network, as data. */
export type Network = Resnet | Vit;

/** What {@linkcode resnet} needs. */
export type ResnetOptions =
  & Pick<Resnet, "blocks" | "width" | "widen">
  /** `"small"` and `"basic"` unless given. */
  & Partial<Pick<Resnet, "stem" | "block">>;

/** What {@linkcode vit} needs. */
export type VitOptions =
  & Pick<Vit, "patch" | "width" | "depth" | "heads">
  /** `"class"` and 224 unless given. */
  & Partial<Pick<Vit, "pool" | "pixels">>
  /** Default: no. */
  & { readonly layerScale?: boolean };

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
export function resnet(options: ResnetOptions): Resnet {
  const isRight = checked("resnet", arguments, { options: fields(ofResnet) });
  // What follows from a mistake is none of its own.
  const { blocks, width, stem = "small", block = "basic", widen = 1 }: ResnetOptions = isRight
    ? options
    : { blocks: [1], width: 1 };
  if (block === "basic" && widen !== 1) {
    refuseCall("resnet", `widen is ${widen}, of basic blocks`, "Leave it out, or use bottlenecks");
  }
  const wide = widen === 1 ? {} : { widen };
  return freeze({ family: "resnet", stem, block, blocks: [...blocks], width, ...wide });
}

/**
 * A vision transformer for an encoder or a scale of one's own.
 *
 * @throws {InputError} If the heads do not divide the width, or the patches the images that the positions are of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { architectures, vit } from "@/dsl/mod.ts";
 *
 * const network = vit({ patch: 16, width: 384, depth: 12, heads: 6 });
 * assert.deepEqual(network, architectures.vit_small_patch16);
 * ```
 */
export function vit(options: VitOptions): Vit {
  const isRight = checked("vit", arguments, { options: fields(ofVit) });
  const { patch, width, depth, heads, pool = "class", pixels = 224, layerScale = false }:
    VitOptions = isRight ? options : { patch: 16, width: 1, depth: 1, heads: 1 };
  if (width % heads !== 0) {
    refuseCall("vit", `${heads} heads do not divide a width of ${width}`, "Give a divisor");
  }
  if (pixels % patch !== 0) {
    refuseCall(
      "vit",
      `patches of ${patch} px do not fill ${pixels} px`,
      "Give pixels that they do",
    );
  }
  const scaled = layerScale ? { layerScale } : {};
  return freeze({ family: "vit", patch, width, depth, heads, pool, pixels, ...scaled });
}

const aCount = number("1, 2, 3, …", (one) => Number.isSafeInteger(one) && one > 0);
// Each is a layer or more that is written out; the deepest that were published have hundreds.
const aDepth = number(
  "1, 2, 3, … up to 1000",
  (one) => Number.isInteger(one) && one > 0 && one <= 1000,
);

const ofResnet = {
  blocks: list(aDepth, "blocks of each stage", 1),
  width: aCount,
  stem: optional(word(() => stems)),
  block: optional(word(() => blockKinds)),
  widen: optional(aCount),
};

const ofVit = {
  patch: aCount,
  width: aCount,
  depth: aDepth,
  heads: aCount,
  pool: optional(word(() => pools)),
  pixels: optional(aCount),
  layerScale: optional(like("true or false", (value) => typeof value === "boolean")),
};

/**
 * A network.
 *
 * @internal
 */
export const aNetwork: Rule = (value, name) => {
  const family = (value as { readonly family?: unknown } | null | undefined)?.family;
  return family === undefined
    ? [{
      problem: `${name} is ${shown(value)}`,
      remedy: "Give a network, as resnet() or vit() gives it",
    }]
    : fields({ ...family === "vit" ? ofVit : ofResnet, family: word(() => ["resnet", "vit"]) })(
      value,
      name,
    );
};

/** A short readable name of a network, as it stands in the rows: "ResNet 2-2-2 width 32"; of a floor what it is in its place, of a checkpoint its name. */
export function networkName(network: Network | Floor | Checkpoint): string {
  if (isCheckpoint(network)) return network.name;
  if (isFloor(network)) return floorName(network);
  if (network.family === "vit") {
    const { patch, width, depth, heads, pool, pixels, layerScale } = network;
    return [
      `ViT patch ${patch} width ${width} depth ${depth} heads ${heads}`,
      ...pool === "class" ? [] : ["mean of patches"],
      ...pixels === 224 ? [] : [`positions of ${pixels} px`],
      ...layerScale ? ["layer scale"] : [],
    ].join(", ");
  }
  const { blocks, width, stem, block, widen } = network;
  return [
    `ResNet ${blocks.join("-")} width ${width}`,
    ...block === "basic" ? [] : [block],
    ...widen === undefined ? [] : [`${widen} times as wide`],
    ...stem === "small" ? [] : [`${stem} stem`],
  ].join(", ");
}
