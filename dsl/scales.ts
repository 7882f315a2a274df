import { checked, refuseCall } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import { aNetwork } from "@/dsl/network.ts";
import { fields, kebab, number, optional, type Rule, word } from "@/dsl/rules.ts";
import { someSettings } from "@/dsl/settings.ts";
import { type Scale, type ScaleName, scaleNames } from "@/dsl/scale.ts";
import { mini } from "@/dsl/scales/mini.ts";
import { paper } from "@/dsl/scales/paper.ts";
import { small } from "@/dsl/scales/small.ts";
import { smoke } from "@/dsl/scales/smoke.ts";
import { type Precision, precisions } from "@/dsl/training.ts";

export { mini, paper, small, smoke };

const scales: { readonly [N in ScaleName]: Scale } = freeze({ smoke, mini, small, paper });

/**
 * The scale of a name: `smoke`, `mini`, `small` or `paper`.
 *
 * @param options.precision Of every training, instead of the recipe's own.
 */
export function scaleOf(name: ScaleName, options: { readonly precision?: Precision } = {}): Scale {
  checked("scaleOf", arguments, {
    name: word(() => scaleNames),
    options: optional(fields({ precision: optional(word(() => precisions)) })),
  });
  const { precision } = options;
  return precision === undefined ? scales[name] : inPrecision(scales[name], precision);
}

/** A scale whose trainings are all of a precision. */
export function inPrecision(scale: Scale, precision: Precision): Scale {
  return freeze({ ...scale, precision, finetune: { ...scale.finetune, precision } });
}

/**
 * A scale of one's own, made of a built-in one. Methods train by the recipes of that one, which `recipes` names.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mini, resnet, scale } from "@/dsl/mod.ts";
 *
 * const wide = scale({ ...mini, name: "wide", network: resnet({ blocks: [1, 1, 1], width: 32 }) });
 * assert.equal(wide.recipes, "mini");
 * ```
 */
export function scale(options: Scale): Scale {
  const isRight = checked("scale", arguments, { options: ofScale });
  if (isRight && Object.hasOwn(scales, options.name)) {
    refuseCall("scale", `name "${options.name}" is that of a built-in scale`, "Give another");
  }
  // What follows from a mistake is none of its own.
  return isRight ? freeze({ ...options }) : mini;
}

const aCount = number("1, 2, 3, …", (one) => Number.isSafeInteger(one) && one > 0);

/** Counts that grow from size to size. */
const growing: Rule = (value, name) => {
  const sizes = Object.keys(mini.sizes) as (keyof Scale["sizes"])[];
  const wrong = fields(Object.fromEntries(sizes.map((size) => [size, aCount])))(value, name);
  if (wrong.length > 0) return wrong;
  const counts = sizes.map((size) => (value as Scale["sizes"])[size]);
  const at = counts.findIndex((count, i) => i > 0 && count <= counts[i - 1]!);
  return at === -1 ? [] : [{
    problem: `${name} has ${counts[at]} for "${sizes[at]}" and ${counts[at - 1]} for "${
      sizes[at - 1]
    }"`,
    remedy: "Give numbers that grow from size to size",
  }];
};

/** Settings of which none may be missing. */
const whole = (recipes: readonly object[]): Rule => (value, name) => {
  if (value === undefined) return [{ problem: `${name} is missing`, remedy: "Give it" }];
  if (typeof value !== "object" || value === null) return someSettings(recipes)(value, name);
  const missing = recipes.map((recipe) =>
    Object.keys(recipe).filter((one) => !Object.hasOwn(value, one))
  ).sort((one, other) => one.length - other.length)[0]!;
  return [
    ...missing.map((one) => ({ problem: `${name}.${one} is missing`, remedy: "Give it" })),
    ...someSettings(recipes)(value, name),
  ];
};

const ofScale = fields({
  name: kebab,
  recipes: word(() => scaleNames),
  pixels: aCount,
  sizes: growing,
  labels: growing,
  world: fields({ train: aCount, test: aCount }),
  network: aNetwork,
  precision: optional(word(() => precisions)),
  linear: whole([smoke.linear, paper.linear]),
  knn: whole([smoke.knn]),
  finetune: whole([smoke.finetune]),
  seeds: aCount,
});

/**
 * A scale: the name of a built-in one, or one that {@linkcode scale} made.
 *
 * @internal
 */
export const aScale: Rule = (value, name) =>
  typeof value === "object" && value !== null
    ? ofScale(value, name)
    : word(() => scaleNames)(value, name).map(({ problem, remedy }) => ({
      problem,
      remedy: `${remedy}, or give one of your own, as scale() gives it`,
    }));
