import { checked, refuseCall } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import { kebab, made, number, optional, type Rule, word } from "@/dsl/rules.ts";

/** The roles of the paper's four domains: ImageNet, iNat21, Places365 and GLC20 in this order (section 3.1). */
export const paperRoles = ["objects", "species", "scenes", "aerial"] as const;

/** One of the paper's four domains. */
export type PaperRole = (typeof paperRoles)[number];

/** A role of the user's own, made by {@linkcode role}. */
export type OwnRole = string & { readonly ownRole: true };

/** The part that a data set plays; `data.yaml` says which data set plays it. */
export type Role = PaperRole | OwnRole;

/** Sizes in the paper's terms; a scale says how many images each is. */
export const sizes = ["10k", "50k", "125k", "250k", "500k", "1M", "all"] as const;

/** A size in the paper's terms; `"all"` is every image of the domain that may be trained on. */
export type NamedSize = (typeof sizes)[number];

/** A number of images, whatever the scale, made by {@linkcode images}. */
export type OwnSize = `${number} images`;

/** How many images. */
export type Size = NamedSize | OwnSize;

/** As many labelled images of each class, made by {@linkcode perClass}. */
export type ClassSize = `${number} a class`;

/** How many labelled images. */
export type LabelSize = Size | ClassSize;

// Roles that were made so far, and whether their names are right.
const ownRoles = new Map<string, boolean>();

/**
 * A role: the paper's, or one that was made by {@linkcode role}.
 *
 * @internal
 */
export const aRole: Rule = (value, name) => {
  if (ownRoles.has(value as string)) return [];
  const own = [...ownRoles].filter(([, isRight]) => isRight).map(([role]) => role);
  return word(() => [...paperRoles, ...own])(value, name).map(({ problem, remedy }) => ({
    problem,
    remedy: typeof value === "string" ? `${remedy}, or write role("…") for your own` : remedy,
  }));
};

/** A size in the paper's terms; `counted` says what may be written for a number. */
function aNamedSize(counted: (count: string) => string): Rule {
  return (value, name) =>
    word(() => sizes)(value, name).map(({ problem, remedy }) => ({
      problem,
      remedy: `${remedy}, or write ${counted(isWhole(value as number, 2) ? `${value}` : "n")}`,
    }));
}

const aSizeInWords = aNamedSize((count) => `images(${count})`);
const aLabelSizeInWords = aNamedSize((count) =>
  `images(${count}), or perClass(n) for n of each class`
);

/**
 * A size in the paper's terms, or a number of images as {@linkcode images} writes it.
 *
 * @internal
 */
export const aSize: Rule = (value, name) =>
  isCounted(value, isOwnSize, 2) ? [] : aSizeInWords(value, name);

/**
 * A size, or a number of labels a class as {@linkcode perClass} writes it.
 *
 * @internal
 */
export const aLabelSize: Rule = (value, name) =>
  isCounted(value, isClassSize, 1) || isCounted(value, isOwnSize, 2)
    ? []
    : aLabelSizeInWords(value, name);

/** A uniform subset of a domain's training images; for a method that uses no labels, of those and of its images without. */
export interface Domain {
  readonly kind: "domain";
  readonly role: Role;
  readonly size: Size;
}

/** Equally many images of several domains put together (Table 2). */
export interface Pool {
  readonly kind: "pool";
  readonly parts: readonly Domain[];
}

/** What an encoder is trained on. */
export type Source = Domain | Pool;

/**
 * A role beyond the paper's four; bind it to a data set in `data.yaml`.
 *
 * @throws {InputError} If the name is not in kebab-case, or means something else in selections.
 */
export function role(name: string): OwnRole {
  const isName = checked("role", arguments, { name: kebab });
  const isTaken = ["none", "each"].includes(name);
  if (isTaken) {
    refuseCall("role", `name "${name}" means something else in selections`, "Give another");
  }
  ownRoles.set(name, isName && !isTaken);
  return name as OwnRole;
}

/**
 * A number of images, the same at every scale, where {@linkcode sizes} has none that fits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, images } from "@/dsl/mod.ts";
 *
 * assert.equal(domain("species", images(3000)).size, "3000 images");
 * ```
 */
export function images(count: number): OwnSize {
  const rule = number("2, 3, 4, …", (one) => isWhole(one, 2));
  // What follows from a mistake is none of its own.
  return `${checked("images", arguments, { count: rule }) ? count : 2} images`;
}

/**
 * So many labelled images of each class at the finest level, drawn at random, within those that a larger number has; a class
 * that has fewer gives all of its own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linear, perClass } from "@/dsl/mod.ts";
 *
 * assert.equal(linear("species", { labels: perClass(10) }).labels, "10 a class");
 * ```
 */
export function perClass(count: number): ClassSize {
  const rule = number("1, 2, 3, …", (one) => isWhole(one, 1));
  return `${checked("perClass", arguments, { count: rule }) ? count : 1} a class`;
}

/** The number of an {@linkcode OwnSize} or {@linkcode ClassSize}. */
export function countIn(size: OwnSize | ClassSize): number {
  return Number(size.slice(0, size.indexOf(" ")));
}

/** Whether a size is one of so many images. */
export function isOwnSize(size: LabelSize): size is OwnSize {
  return size.endsWith(" images");
}

/** Whether a size is one of so many images a class. */
export function isClassSize(size: LabelSize): size is ClassSize {
  return size.endsWith(" a class");
}

function isWhole(count: number, least: number): boolean {
  return Number.isSafeInteger(count) && count >= least;
}

/** Whether a value is a number of images as its constructor writes it. */
function isCounted(value: unknown, is: (size: LabelSize) => boolean, least: number): boolean {
  if (typeof value !== "string" || !is(value as LabelSize)) return false;
  const count = countIn(value as OwnSize);
  return isWhole(count, least) && value.startsWith(`${count} `);
}

/**
 * A uniform subset of a domain, nested in the larger ones of the same seed (paper, section 3.1).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain } from "@/dsl/mod.ts";
 *
 * assert.deepEqual(domain("species", "50k"), { kind: "domain", role: "species", size: "50k" });
 * ```
 */
export function domain(role: Role, size: Size = "1M"): Domain {
  checked("domain", arguments, { role: aRole, size: optional(aSize) });
  return freeze({ kind: "domain", role, size });
}

/**
 * Equally many images of several domains put together, for instance 250k from each of two (Table 2). Each part is the
 * subset that its domain has at that size by itself.
 *
 * @throws {InputError} If there are fewer than two parts, a role occurs twice, or the parts are not of one size; "all" is
 * refused because domains differ in how many images they have.
 */
export function pool(...parts: readonly Domain[]): Pool {
  const rules = Object.fromEntries(parts.map((_, i) => [`part ${i + 1}`, made("a domain")]));
  if (checked("pool", parts, rules)) checkParts(parts);
  return freeze({ kind: "pool", parts: [...parts] });
}

function checkParts(parts: readonly Domain[]): void {
  if (parts.length < 2) {
    refuseCall(
      "pool",
      `it needs two domains or more, but has ${parts.length}`,
      "Add another domain",
    );
  }
  const roles = parts.map((part) => part.role);
  const twice = roles.find((name, i) => roles.indexOf(name) !== i);
  if (twice !== undefined) {
    refuseCall("pool", `the role "${twice}" occurs twice`, "Name each role once");
  }
  const sizes = [...new Set(parts.map((part) => part.size))];
  if (sizes.length > 1 || sizes[0] === "all") {
    refuseCall(
      "pool",
      `its parts have the sizes ${sizes.map((size) => `"${size}"`).join(", ")}`,
      'Give all parts one size other than "all"',
    );
  }
}
