import * as z from "zod";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  kinds,
  type NeedsOf,
  type SpecOf,
  type StepKind,
  stepKinds,
} from "@/lib/plan/kinds/mod.ts";
import { type FlatNeeds, flatten, gather } from "@/lib/plan/needs.ts";

/** One distinct piece of work of a kind. */
export interface StepOf<K extends StepKind> {
  /** The SHA-256 of the recipe: kind, version, spec and the keys of what it needs. */
  readonly key: string;
  readonly kind: K;
  readonly spec: SpecOf<K>;
  /** Keys of the steps whose artifacts it reads, under one name each: {@linkcode needsOf} has them by their kind's names. */
  readonly needs: FlatNeeds;
  /** What it is, for people; not part of the key. */
  readonly label: string;
}

/** One distinct piece of work. */
export type Step = { [K in StepKind]: StepOf<K> }[StepKind];

/** What decides the key of a step of a kind. */
export interface Recipe<K extends StepKind> {
  readonly kind: K;
  readonly spec: SpecOf<K>;
  /** Keys. */
  readonly needs: NeedsOf<K>;
}

/**
 * The key of a recipe whose needs have one name each.
 *
 * @returns 64 hexadecimal digits.
 */
export function stepKey({ kind, spec, needs }: {
  readonly kind: StepKind;
  readonly spec: object;
  readonly needs: FlatNeeds;
}): string {
  return sha256(canonicalJson({ kind, version: kinds[kind].version, spec, needs }));
}

/** A step of a recipe. */
export function makeStep<K extends StepKind>(recipe: Recipe<K>, label: string): StepOf<K> {
  const { kind, spec } = recipe;
  const needs = flatten(recipe.needs);
  return Object.freeze({ kind, spec, needs, key: stepKey({ kind, spec, needs }), label });
}

/** The keys of what a step reads, by the names of its kind. */
export function needsOf<K extends StepKind>({ kind, needs }: StepOf<K>): NeedsOf<K> {
  return gather(kinds[kind].needs, needs);
}

const sent = z.strictObject({
  key: z.string(),
  kind: z.enum(stepKinds),
  spec: z.unknown(),
  needs: z.record(z.string(), z.string()),
  label: z.string(),
});

/**
 * A step that another process sent.
 *
 * @throws {z.ZodError} If it is none.
 */
export function readStep(value: unknown): Step {
  const step = sent.parse(value);
  return { ...step, spec: kinds[step.kind].spec.parse(step.spec) } as Step;
}
