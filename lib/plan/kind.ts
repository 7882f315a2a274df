import * as z from "zod";
import type { Network } from "@/dsl/mod.ts";
import type { NeedCounts, Needs } from "@/lib/plan/needs.ts";

/** How many images a data set has. */
export interface Sizes {
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
  /** At the finest level. */
  readonly classes: number;
}

/** What a step's cost depends on beside the step itself; steps are named by their keys. */
export interface Around {
  /** The counts of a data set by its identity; 0 where it is not known. */
  sizesOf(dataset: string): Sizes;
  /** The data set behind a step that holds images, which may have been corrupted on the way, and their side. */
  imagesOf(key: string): Sizes & { readonly pixels: number };
  /** How many images a `subset` step names, or a `corrupt` step holds of one. */
  countOf(key: string): number;
  /** The network of a `pretrain` or an `import` step. */
  networkOf(key: string): Network;
  /** The length of the vectors of a `features` step. */
  lengthOf(key: string): number;
}

/** Bytes that a step holds at once, at most, beside what any process holds that works one. */
export interface HeldBytes {
  /** In the machine's memory, wherever tensors are computed. */
  readonly host: number;
  /** Where tensors are computed: on each device whole. */
  readonly device: number;
  /** There as well, of what the devices divide among them when one step is worked by several: all that grows with the batch. */
  readonly divided: number;
}

/** Of a work that holds no more than what every process does. */
export const little: HeldBytes = { host: 0, device: 0, divided: 0 };

/** Places where a kind's work takes one of several modules, by a name in the recipe. */
export type Choice = "adapter" | "corruption" | "floor" | "objective" | "probe";

/** What a recipe takes at each of them. */
export type Variants = { readonly [C in Choice]?: readonly string[] };

/** A recipe as its kind reads it. */
export interface Asked<Spec, Counts extends NeedCounts> {
  readonly spec: Spec;
  /** Keys. */
  readonly needs: Needs<Counts>;
}

/** A kind of work, as the planner knows it; how it is worked stands in `lib/run/kinds`. */
export interface Kind<Spec, Counts extends NeedCounts, Info> {
  /**
   * Of its meaning: raise it when the same recipe is to give another result on purpose; a change of code alone is noticed by
   * its fingerprint.
   */
  readonly version: number;
  /** What a recipe says. */
  readonly spec: z.ZodType<Spec>;
  /** What it reads. */
  readonly needs: Counts;
  /** What its work has to tell, for the manifest. */
  readonly info: z.ZodType<Info>;
  /** The code that a recipe reaches by name, for its fingerprint. */
  variants(spec: Spec): Variants;
  /** The expected seconds on one core. */
  seconds(asked: Asked<Spec, Counts>, around: Around): number;
  /** The expected bytes of its files, its manifest left out. */
  bytes(asked: Asked<Spec, Counts>, around: Around): number;
  /** The bytes that it is expected to hold. */
  memory(asked: Asked<Spec, Counts>, around: Around): HeldBytes;
}

/** Lets the compiler see that the parts of a kind fit together. */
export function defineKind<Spec, const Counts extends NeedCounts, Info>(
  kind: Kind<Spec, Counts, Info>,
): Kind<Spec, Counts, Info> {
  return kind;
}

/** A list of what a schema describes. */
export function listOf<T>(schema: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.array(schema).readonly();
}

/** Plain data of the DSL, whose constructors have checked it. */
export function declared<T extends object>(): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "object" && value !== null);
}

/** A name of the DSL. */
export function nameOf<T extends string>(): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "string");
}
