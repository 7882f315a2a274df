import { checked } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, like, number, optional, type Rule } from "@/dsl/rules.ts";

/**
 * What is done to images: those that an encoder is pretrained on (paper, Fig 4), or those that a probe sees. Sizes are parts
 * of the working size, so that one declaration serves every scale.
 */
export type Corruption =
  | { readonly kind: "clean" }
  | { readonly kind: "downsample"; readonly factor: 2 | 4 }
  | { readonly kind: "resize"; readonly side: number }
  | { readonly kind: "jpeg"; readonly quality: number }
  | { readonly kind: "salt-and-pepper"; readonly probability: number };

/** What is done to the images that a probe sees: to all, or with `only` to its test images alone. */
export type SeenCorruption = Corruption & { readonly only?: "test" };

type Parameter = "factor" | "side" | "quality" | "probability";

const parameters: { readonly [P in Parameter]: Rule } = {
  factor: like("2 or 4", (one) => one === 2 || one === 4),
  side: number("a part of the whole side between 0 and 1", (one) => one > 0 && one < 1),
  quality: number(
    "an integer of 1 to 100",
    (one) => Number.isInteger(one) && one >= 1 && one <= 100,
  ),
  probability: number("a number above 0, at most 1", (one) => one > 0 && one <= 1),
};

const parametersOf: { readonly [K in Corruption["kind"]]: readonly Parameter[] } = {
  clean: [],
  downsample: ["factor"],
  resize: ["side"],
  jpeg: ["quality"],
  "salt-and-pepper": ["probability"],
};

const isKind = (kind: unknown): kind is Corruption["kind"] =>
  Object.hasOwn(parametersOf, String(kind));

/**
 * A corruption, one that no constructor made too.
 *
 * @internal
 */
export const aCorruption: Rule = (value, name) => {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : null;
  if (!isKind(kind)) {
    return like("a corruption, as jpeg() or another gives it", () => false)(value, name);
  }
  const own = parametersOf[kind].map((parameter) => [parameter, parameters[parameter]] as const);
  return fields({ kind: () => [], ...Object.fromEntries(own) })(value, name);
};

/**
 * What is done to a probe's images: a corruption, or what {@linkcode testOnly} gives.
 *
 * @internal
 */
export const aSeenCorruption: Rule = (value, name) => {
  if (typeof value !== "object" || value === null || !("only" in value)) {
    return aCorruption(value, name);
  }
  const { only, ...corruption } = value as { only: unknown };
  return only === "test"
    ? aCorruption(corruption, name)
    : like("a corruption, or testOnly() of one", () => false)(value, name);
};

/** Images as they are. */
export function clean(): Corruption {
  checked("clean", arguments, {});
  return freeze({ kind: "clean" });
}

/** Made smaller by a factor and enlarged again: "Resize & Downsample (2x)", "(4x)". */
export function downsample(factor: 2 | 4): Corruption {
  checked("downsample", arguments, { factor: parameters.factor });
  return freeze({ kind: "downsample", factor });
}

/**
 * "Resize": made smaller to a part of its side, and enlarged again to the side that a network is given. The paper's size
 * is not known, nor whether its images were enlarged again; 0.7 is what a shorter side of 256 px would be to
 * ImageNet's most common 500 x 375 px.
 */
export function resize(side: number): Corruption {
  checked("resize", arguments, { side: parameters.side });
  return freeze({ kind: "resize", side });
}

/** Saved as JPEG at a quality of 1 to 100; the paper's value is not known. */
export function jpeg(quality: number): Corruption {
  checked("jpeg", arguments, { quality: parameters.quality });
  return freeze({ kind: "jpeg", quality });
}

/** Each pixel becomes black or white with a probability; the paper has 0.01. */
export function saltAndPepper(probability = 0.01): Corruption {
  checked("saltAndPepper", arguments, { probability: optional(parameters.probability) });
  return freeze({ kind: "salt-and-pepper", probability });
}

/**
 * A corruption of a probe's test images alone, whose labelled images stay clean: what bad images cost a classifier that was made
 * with good ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { jpeg, linear, testOnly } from "@/dsl/mod.ts";
 *
 * const judged = linear("species", { images: testOnly(jpeg(10)) });
 * assert.deepEqual(judged.images, { kind: "jpeg", quality: 10, only: "test" });
 * ```
 */
export function testOnly(corruption: Corruption): SeenCorruption {
  checked("testOnly", arguments, {
    corruption: (value, name) =>
      (value as Corruption | undefined)?.kind === "clean"
        ? like("a corruption other than clean()", () => false)(value, name)
        : aCorruption(value, name),
  });
  return freeze({ ...corruption, only: "test" });
}

/** A short readable name of a corruption, as it stands in the rows: "downsample-2x", "jpeg-30", "jpeg-30 when tested". */
export function corruptionName({ only, ...corruption }: SeenCorruption): string {
  return only === undefined ? kindName(corruption) : `${kindName(corruption)} when tested`;
}

function kindName(corruption: Corruption): string {
  switch (corruption.kind) {
    case "clean":
      return "clean";
    case "downsample":
      return `downsample-${corruption.factor}x`;
    case "resize":
      return `resize-${corruption.side}`;
    case "jpeg":
      return `jpeg-${corruption.quality}`;
    case "salt-and-pepper":
      return `salt-and-pepper-${corruption.probability}`;
  }
}
