import { checked, declared } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { Probe } from "@/dsl/probe.ts";
import type { Representation } from "@/dsl/representation.ts";
import { fields, list, made, oneOrMore, optional, type Rule, text, twice } from "@/dsl/rules.ts";
import type { Scale, ScaleName } from "@/dsl/scale.ts";
import { aScale } from "@/dsl/scales.ts";

/** The levels of the label tree at which a trial is scored: the finest, every one, or some by name (Fig 5). */
export type Granularity = "finest" | "all" | readonly string[];

const aGranularity: Rule = (value, name) => {
  if (value === "finest" || value === "all") return [];
  const wants = `"finest", "all", or a list of levels by their names`;
  if (typeof value === "string") {
    return [{ problem: `${name} is "${value}"`, remedy: `Give ${wants}: ["${value}"]` }];
  }
  const wrong = list(text, "levels by their names", 1)(value, name);
  const again = wrong.length > 0 ? undefined : twice(value as readonly string[]);
  return again === undefined
    ? wrong
    : [{ problem: `${name} has "${again}" twice`, remedy: "Name each level once" }];
};
const someOptions = optional(
  fields({ granularity: optional(aGranularity), scale: optional(aScale) }),
);
const gridOptions = optional(fields({
  granularity: optional(aGranularity),
  scale: optional(oneOrMore(aScale, "scales")),
}));
const aRepresentation = made("an encoder", "a fusion"), aProbe = made("a probe");

/** One question to the machine: this representation, judged by this probe. */
export interface Trial {
  readonly representation: Representation;
  readonly probe: Probe;
  readonly granularity: Granularity;
  /** `null` for the command's. */
  readonly scale: ScaleName | Scale | null;
}

/** What may be said about a trial beyond its two parts. */
export interface TrialOptions {
  /** Default: `"finest"`. */
  readonly granularity?: Granularity;
  /** A built-in scale or one's own; default: the command's, which `--scale` names. */
  readonly scale?: ScaleName | Scale;
}

/** What may be said about all trials of a grid. */
export interface GridOptions extends Omit<TrialOptions, "scale"> {
  /** A scale, or several, at each of which every trial is worked. */
  readonly scale?: ScaleName | Scale | readonly (ScaleName | Scale)[];
}

/** A representation judged by a probe. */
export function trial(
  representation: Representation,
  probe: Probe,
  options: TrialOptions = {},
): Trial {
  checked("trial", arguments, {
    representation: aRepresentation,
    probe: aProbe,
    options: someOptions,
  });
  const { granularity = "finest", scale = null } = options;
  return declared({ representation, probe, granularity, scale });
}

/**
 * Every representation with every probe, at every scale that is named.
 *
 * @throws {InputError} If a list is empty: a grid that yields nothing is a mistake.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, grid, linear, simclr } from "@/dsl/mod.ts";
 *
 * const trials = grid(
 *   [simclr(domain("species")), simclr(domain("scenes"))],
 *   [linear("species"), linear("scenes")],
 * );
 * assert.equal(trials.length, 4);
 * ```
 */
export function grid(
  representations: readonly Representation[],
  probes: readonly Probe[],
  options: GridOptions = {},
): readonly Trial[] {
  const isRight = checked("grid", arguments, {
    representations: list(aRepresentation, "encoders or fusions", 1),
    probes: list(aProbe, "probes", 1),
    options: gridOptions,
  });
  if (!isRight) return [];
  const { scale, ...others } = options;
  const scales: readonly TrialOptions[] = scale === undefined
    ? [{}]
    : [scale].flat().map((one) => ({ scale: one }));
  return freeze(
    scales.flatMap((at) =>
      representations.flatMap((one) =>
        probes.map((probe) => trial(one, probe, { ...others, ...at }))
      )
    ),
  );
}
