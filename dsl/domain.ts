import { freeze } from "@/dsl/freeze.ts";

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
export type Size = (typeof sizes)[number];

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
 * @throws {RangeError} If the name is not in kebab-case.
 */
export function role(name: string): OwnRole {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new RangeError(`Cannot make a role: name must be kebab-case: current value is "${name}"`);
  }
  return name as OwnRole;
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
  return freeze({ kind: "domain", role, size });
}

/**
 * Equally many images of several domains put together, for instance 250k from each of two (Table 2). Each part is the
 * subset that its domain has at that size by itself.
 *
 * @throws {RangeError} If there are fewer than two parts, a role occurs twice, or the parts are not of one size; "all" is
 * refused because domains differ in how many images they have.
 */
export function pool(...parts: readonly Domain[]): Pool {
  if (parts.length < 2) {
    throw new RangeError(
      `Cannot make a pool: it needs two domains or more: current value is ${parts.length}`,
    );
  }
  const roles = parts.map((part) => part.role);
  const twice = roles.find((name, i) => roles.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(`Cannot make a pool: a role may occur once: current value is "${twice}"`);
  }
  const sizes = [...new Set(parts.map((part) => part.size))];
  if (sizes.length > 1 || sizes[0] === "all") {
    throw new RangeError(
      `Cannot make a pool: its parts must have one size other than "all": current value is ${
        sizes.map((size) => `"${size}"`).join(", ")
      }`,
    );
  }
  return freeze({ kind: "pool", parts: [...parts] });
}
