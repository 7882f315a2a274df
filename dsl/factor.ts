import { architectures } from "@/dsl/architectures.ts";
import type { Corruption } from "@/dsl/corruption.ts";
import { type Floor, floors } from "@/dsl/floor.ts";
import { methodNames, methods, type TrainingMethod, type TrainingOf } from "@/dsl/methods/mod.ts";
import type { Network } from "@/dsl/network.ts";
import { oneOrMore, type Rule, word } from "@/dsl/rules.ts";
import type {
  FinetuneSettings,
  KnnSettings,
  LinearSettings,
  SgdLinearSettings,
} from "@/dsl/scale.ts";
import { paper, smoke } from "@/dsl/scales.ts";
import { didYouMean } from "@/lib/base/nearest.ts";

/**
 * Something by which conditions differ, in the words of a selection: `"method"`, `"labels"`, `"level"`. What has settings of its own
 * is named with the path to one of them: `"training.temperature"`, `"training.optimizer.weightDecay"`, `"settings.penalties"` of
 * the probe, `"corruption.quality"`, `"images.factor"`, `"network.width"`.
 */
export type FactorName =
  | "scale"
  | "method"
  | "pretrain"
  | "size"
  | "corruption"
  | "budget"
  | "network"
  | "replica"
  | "probe"
  | "on"
  | "labels"
  | "images"
  | "level"
  | `training.${Exclude<PathOf<TrainingOf<TrainingMethod>>, "method">}`
  | `settings.${PathOf<
    LinearSettings | SgdLinearSettings | KnnSettings | FinetuneSettings
  >}`
  | `${"corruption" | "images"}.${Exclude<PathOf<Corruption>, "kind">}`
  | `network.${PathOf<Network | Floor>}`;

/** One factor, or several of which each combination counts as a value. */
export type Factors = FactorName | readonly FactorName[];

type PathOf<T> = T extends unknown ? {
    [K in keyof T & string]-?: T[K] extends string | number | readonly unknown[] ? K
      : K | `${K}.${PathOf<T[K]>}`;
  }[keyof T & string]
  : never;

// Of every corruption that has parameters, one.
const corruptions: readonly Corruption[] = [
  { kind: "downsample", factor: 2 },
  { kind: "resize", side: 0.5 },
  { kind: "jpeg", quality: 1 },
  { kind: "salt-and-pepper", probability: 1 },
];

/** All names of factors, in the order of a declaration: settings stand behind what they are of. */
export const factorNames: readonly FactorName[] = [
  "scale",
  "method",
  "pretrain",
  "size",
  "corruption",
  ...pathsIn("corruption", corruptions, "kind"),
  "budget",
  ...pathsIn(
    "training",
    methodNames.flatMap((name) => Object.values(methods[name].recipes)),
    "method",
  ),
  "network",
  ...pathsIn("network", [smoke.network, ...Object.values(architectures), ...Object.values(floors)]),
  "replica",
  "probe",
  "on",
  "labels",
  "images",
  ...pathsIn("images", corruptions, "kind"),
  ...pathsIn("settings", [smoke.linear, paper.linear, smoke.knn, smoke.finetune]),
  "level",
];

function pathsIn(
  root: string,
  records: readonly object[],
  without?: string,
): readonly FactorName[] {
  const paths = records.flatMap((one) => pathsOf(one)).filter((path) => path !== without);
  return [...new Set(paths)].map((path) => `${root}.${path}` as FactorName);
}

function pathsOf(record: object): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? [name, ...pathsOf(value).map((path) => `${name}.${path}`)]
      : [name]
  );
}

/**
 * The name of a factor.
 *
 * @internal
 */
export const aFactor: Rule = (value, name) =>
  word(() => factorNames)(value, name).map(({ problem }) => ({
    problem,
    remedy: `${nearest(String(value))}Choose among ${
      factorNames.filter((one) => !one.includes(".")).join(", ")
    }, or name a setting, such as training.temperature`,
  }));

/**
 * The names of one factor or more.
 *
 * @internal
 */
export const someFactors: Rule = oneOrMore(aFactor, "factors");

/** A setting that is named without its path is meant before a word that is spelt like it. */
function nearest(value: string): string {
  const whole = factorNames.find((one) => one.endsWith(`.${value}`));
  return whole === undefined ? didYouMean(value, factorNames) : `Did you mean "${whole}"? `;
}
