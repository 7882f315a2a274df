import { didYouMean } from "@/lib/base/nearest.ts";

/** What is wrong with a value, and what to do about it. */
export interface Wrong {
  readonly problem: string;
  readonly remedy: string;
}

/**
 * What a value must be.
 *
 * @param name What the value is called in messages; the fields of a value without a name go by their own names.
 * @returns What is wrong with it; nothing where it is right.
 */
export type Rule = (value: unknown, name: string) => readonly Wrong[];

/** A text that says something. */
export const text: Rule = like(
  "a text",
  (value) => typeof value === "string" && value.trim() !== "",
);

/** A name such as `few-images`. */
export const kebab: Rule = like(
  "small letters, digits and single hyphens, such as few-images",
  (value) => typeof value === "string" && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value),
);

/** A value of which a test can be made. `wants` says of which, after "Give". */
export function like(wants: string, is: (value: unknown) => boolean): Rule {
  return (value, name) =>
    is(value) ? [] : [{ problem: isWrong(name, value), remedy: `Give ${wants}` }];
}

/** A number of which a test can be made. */
export function number(wants: string, is: (value: number) => boolean = Number.isFinite): Rule {
  return like(wants, (value) => typeof value === "number" && is(value));
}

/** One of some words, which may be known only when it is asked for. */
export function word(words: () => readonly string[]): Rule {
  return (value, name) => {
    const known = words();
    if (known.some((one) => one === value)) return [];
    const remedy = `${didYouMean(String(value), known)}Choose among ${known.join(", ")}`;
    return [{
      problem: typeof value === "string"
        ? `${name} ${shown(value)} is not known`
        : isWrong(name, value),
      remedy,
    }];
  };
}

/** Anything that may be left out. */
export function optional(rule: Rule): Rule {
  return (value, name) => value === undefined ? [] : rule(value, name);
}

/** A list of so many values at least. */
export function list(rule: Rule, wants: string, least = 0): Rule {
  return (value, name) => {
    if (!Array.isArray(value) || value.length < least) {
      const problem = Array.isArray(value)
        ? `${name} ${value.length === 0 ? "is empty" : "has only one"}`
        : isWrong(name, value);
      return [{ problem, remedy: `Give a list of ${wants}` }];
    }
    return value.flatMap((one, i) => rule(one, `${name}[${i}]`));
  };
}

/** One value, or a list of one or more. */
export function oneOrMore(rule: Rule, wants: string): Rule {
  const several = list(rule, wants, 1);
  return (value, name) => (Array.isArray(value) ? several : rule)(value, name);
}

/** A record of these fields and no others. */
export function fields(
  rules: Readonly<Record<string, Rule>>,
  called = "options",
): Rule {
  const names = Object.keys(rules);
  return (value, name) => {
    const known = `${names.length === 1 ? "The field is" : "The fields are"} ${names.join(", ")}`;
    // What constructors of records are given looks like what they make.
    const isOther = ![null, "a claim", "an experiment"].includes(kindOf(value));
    if (typeof value !== "object" || value === null || Array.isArray(value) || isOther) {
      return [{ problem: isWrong(name || called, value), remedy: `Write { … }. ${known}` }];
    }
    const of = (field: string) => name === "" ? field : `${name}.${field}`;
    const strange = Object.entries(value).filter(([field]) => !Object.hasOwn(rules, field));
    return [
      ...strange.map(([field, own]) => ({
        problem: `the field "${of(field)}" is not known; its value is ${shown(own)}`,
        remedy: `${didYouMean(field, names)}${known}`,
      })),
      ...names.flatMap((field) =>
        rules[field]!((value as Readonly<Record<string, unknown>>)[field], of(field))
      ),
    ];
  };
}

/** A text that occurs twice. */
export function twice(texts: readonly string[]): string | undefined {
  return texts.find((text, i) => texts.indexOf(text) !== i);
}

/** Something that a constructor of the grammar makes, told by its form; `kind` is its name as in "a probe". */
export function made(...kinds: readonly Kind[]): Rule {
  const wants = kinds.map((kind) => `${kind}, as ${makers[kind]} gives it`).join(", or ");
  return like(wants, (value) => kinds.some((kind) => kind === kindOf(value)));
}

type Kind = keyof typeof makers;

const makers = {
  "a domain": "domain()",
  "a pool": "pool()",
  "an encoder": "simclr() or another method",
  "a fusion": "fuse()",
  "a probe": "linear() or another probe",
  "a trial": "trial() or grid()",
  "a term": "difference(), mean() or another",
  "a check": "flattened() or another",
  "a claim": "claim()",
  "a figure": "figure.lines() or another",
  "an experiment": "experiment()",
} as const;

const kinds: { readonly [kind: string]: Kind } = {
  domain: "a domain",
  pool: "a pool",
  encoder: "an encoder",
  fusion: "a fusion",
};

/** What a value of the grammar is; `null` for any other. */
export function kindOf(value: unknown): Kind | null {
  if (typeof value !== "object" || value === null) return null;
  const has = (...fields: readonly string[]) =>
    fields.every((field) => Object.hasOwn(value, field));
  if (has("representation", "probe")) return "a trial";
  if (has("trials", "claims")) return "an experiment";
  if (has("contrasts", "means")) return "a claim";
  if (has("figure", "where")) return "a figure";
  if (has("take")) return "a term";
  if (has("check", "where")) return "a check";
  if (has("kind", "on", "labels")) return "a probe";
  return has("kind") ? kinds[String((value as { kind: unknown }).kind)] ?? null : null;
}

function isWrong(name: string, value: unknown): string {
  return value === undefined ? `${name} is missing` : `${name} is ${shown(value)}`;
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  const kind = kindOf(value);
  if (kind !== null) return kind;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const told = typeof value === "number" ? String(value) : JSON.stringify(value) ?? String(value);
  return told.length > 60 ? `${told.slice(0, 60)}…` : told;
}
