import {
  fields,
  like as likeValue,
  list,
  number,
  optional,
  type Rule,
  shown,
  word,
} from "@/dsl/rules.ts";
import { type Optimizer, precisions } from "@/dsl/training.ts";

/** Some settings by their names, in place of a recipe's. */
export interface Settings {
  readonly [name: string]: unknown;
}

/** Some of the settings of a recipe; one that has parts, such as an optimizer, is given whole. */
export type SettingsOf<T> = T extends unknown ? Partial<Omit<T, "method">> : never;

/** What a declaration says in place of a recipe's settings. */
export interface Changes {
  readonly settings: Settings;
  /** In words: "temperature 0.5, epochs 40"; empty where it says nothing. */
  readonly text: string;
}

type Limit = readonly [wants: string, keeps: (value: number) => boolean];

const count: Limit = ["1, 2, 3, …", (value) => Number.isSafeInteger(value) && value > 0];
const positive: Limit = ["a number above 0", (value) => value > 0 && value < Infinity];
const least: Limit = ["a number, 0 or more", (value) => value >= 0 && value < Infinity];
const share: Limit = ["a number from 0 to 1", (value) => value >= 0 && value <= 1];
const part: Limit = ["a number between 0 and 1", (value) => value > 0 && value < 1];

// What any number keeps to that is not named here: 0 or more.
const limits: Readonly<Record<string, Limit>> = {
  ...named(count, "epochs", "batch", "queue", "layers", "hidden", "output", "outputs"),
  ...named(count, "pixels", "count"),
  ...named(count, "wholePixels", "trialSteps", "neighbours"),
  minimumSteps: ["0, 1, 2, …", (value) => Number.isSafeInteger(value) && value >= 0],
  ...named(positive, "learningRate", "learningRates", "temperature", "penalties", "penaltyLimits"),
  ...named(positive, "cropAspect", "studentTemperature", "first", "last"),
  cropArea: ["a number above 0, up to 1", (value) => value > 0 && value <= 1],
  ...named(share, "momentum", "keyMomentum", "baseMomentum", "centreMomentum"),
  ...named(["a number from 0, below 1", (value) => value >= 0 && value < 1], "beta1", "beta2"),
  ...named(share, "flip", "jitter", "greyscale", "blur"),
  heldOut: part,
};

function named(limit: Limit, ...names: readonly string[]): Readonly<Record<string, Limit>> {
  return Object.fromEntries(names.map((name) => [name, limit]));
}

// As many as one likes, and one at least.
const lists: readonly string[] = ["learningRates", "penalties", "neighbours"];

// The least and the most.
const ranges: readonly string[] = ["penaltyLimits", "cropArea", "cropAspect"];

const optimizers: { readonly [N in Optimizer["name"]]: Optimizer } = {
  sgd: { name: "sgd", momentum: 0, weightDecay: 0 },
  lars: { name: "lars", momentum: 0, weightDecay: 0 },
  adam: { name: "adam", beta1: 0, beta2: 0, weightDecay: 0 },
};

/**
 * Settings that one of some recipes has, with values that it can have.
 *
 * @internal
 */
export function someSettings(recipes: readonly object[]): Rule {
  return (value, name) => {
    const given = isRecord(value) ? Object.keys(value) : [];
    const hasMost = (recipe: object) => given.filter((one) => Object.hasOwn(recipe, one)).length;
    const [recipe] = recipes.toSorted((one, other) => hasMost(other) - hasMost(one)) as Settings[];
    const rules = Object.keys(recipe!).filter((one) => one !== "method")
      .map((one) => [one, optional(likeOf(one, recipe![one]))] as const);
    const missing = given.filter((one) => (value as Settings)[one] === undefined);
    return [
      ...missing.map((one) => ({
        problem: `${name}.${one} is undefined`,
        remedy: "Give a value, or leave it out",
      })),
      ...fields(Object.fromEntries(rules))(value, name),
    ];
  };
}

/** What a setting must be that is to stand where a recipe has another. */
function likeOf(name: string, like: unknown): Rule {
  if (typeof like === "number") {
    const [wants, keeps] = limits[name] ?? least;
    return number(wants, keeps);
  }
  if (name === "precision") return word(() => precisions);
  if (Array.isArray(like)) {
    if (lists.includes(name)) return list(likeOf(name, like[0]), "one or more", 1);
    const parts = like.map((one) => likeOf(name, one));
    const whole: Rule = (value, at) =>
      Array.isArray(value) && value.length === parts.length
        ? parts.flatMap((part, i) => part(value[i], `${at}[${i}]`))
        : [{ problem: `${at} is ${shown(value)}`, remedy: `Give a list of ${parts.length}` }];
    return ranges.includes(name) ? risingBy(whole) : whole;
  }
  if (name === "optimizer") {
    return (value, at) => {
      const own = isRecord(value) ? value.name : undefined;
      const whole = Object.hasOwn(optimizers, String(own))
        ? optimizers[own as Optimizer["name"]]
        : undefined;
      return whole === undefined
        ? word(() => Object.keys(optimizers))(own, `${at}.name`)
        : wholeOf(whole)(value, at);
    };
  }
  if (typeof like === "object" && like !== null) return wholeOf(like);
  return likeValue(`a value like ${like}`, (value) => typeof value === typeof like);
}

function risingBy(rule: Rule): Rule {
  return (value, at) => {
    const wrong = rule(value, at);
    if (wrong.length > 0) return wrong;
    const [least, most] = value as readonly [number, number];
    return least <= most
      ? []
      : [{ problem: `${at} is from ${least} to ${most}`, remedy: "Give the lower number first" }];
  };
}

function wholeOf(parts: object): Rule {
  return fields(
    Object.fromEntries(Object.entries(parts).map(([part, like]) => [part, likeOf(part, like)])),
  );
}

function isRecord(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Settings in words: of what has parts, only those in which it differs from the recipe. */
export function changesOf(settings: Settings, recipe: object): Changes {
  const told = Object.entries(settings).map(([name, value]) => {
    const own = (recipe as Settings)[name];
    if (typeof value !== "object" || value === null) return `${name} ${value}`;
    if (typeof own !== "object" || own === null || isNumbers(value)) {
      return `${name} ${plain(value)}`;
    }
    const parts = differing(value, own);
    return `${name} (${parts.length === 0 ? "the recipe’s" : parts.join(", ")})`;
  });
  return { settings, text: told.join(", ") };
}

/** The innermost settings that differ, each with its value, and of several groups which of them it is. */
function differing(value: object, like: object): readonly string[] {
  const isSeveral = Array.isArray(value) && value.length > 1;
  return Object.entries(value).flatMap(([name, one], i): readonly string[] => {
    const other = (like as Settings)[name];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const isDeep = typeof one === "object" && one !== null && !isNumbers(one) &&
      typeof other === "object" && other !== null;
    if (!isDeep) return [`${name} ${plain(one)}`];
    return differing(one, other).map((told) => isSeveral ? `${i + 1}: ${told}` : told);
  });
}

function isNumbers(value: object): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}

function plain(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(plain).join(", ")}]` : String(value);
}
