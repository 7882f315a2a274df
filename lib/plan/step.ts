import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";

/**
 * The kinds of work, each with the version of its meaning. Raise a version when the same recipe is to give another
 * result on purpose; a change of code alone is noticed by its fingerprint.
 */
export const stepVersions = {
  ingest: 1,
  sheet: 3,
  subset: 1,
  corrupt: 1,
  pretrain: 1,
  features: 1,
  probe: 1,
  finetune: 1,
  score: 1,
  classes: 1,
  views: 1,
  neighbours: 1,
} as const;

/** The name of a kind of work. */
export type StepKind = keyof typeof stepVersions;

/** One distinct piece of work. */
export interface Step {
  /** The SHA-256 of the recipe: kind, version, spec and the keys of what it needs. */
  readonly key: string;
  readonly kind: StepKind;
  readonly spec: { readonly [field: string]: Json };
  /** Keys of the steps whose artifacts it reads, by the name under which it knows them. */
  readonly needs: { readonly [name: string]: string };
  /** What it is, for people; not part of the key. */
  readonly label: string;
}

/** What decides a step's key. */
export type Recipe = Pick<Step, "kind" | "spec" | "needs">;

/**
 * The key of a recipe.
 *
 * @returns 64 hexadecimal digits.
 */
export function stepKey(recipe: Recipe): string {
  const { kind, spec, needs } = recipe;
  return sha256(canonicalJson({ kind, version: stepVersions[kind], spec, needs }));
}

/** A step of a recipe. */
export function makeStep(recipe: Recipe, label: string): Step {
  return Object.freeze({ ...recipe, key: stepKey(recipe), label });
}
