import { freeze } from "@/dsl/freeze.ts";
import type { Probe } from "@/dsl/probe.ts";
import type { Representation } from "@/dsl/representation.ts";

/** The levels of the label tree at which a trial is scored: the finest, every one, or some by name (Fig 5). */
export type Granularity = "finest" | "all" | readonly string[];

/** One question to the machine: this representation, judged by this probe. */
export interface Trial {
  readonly representation: Representation;
  readonly probe: Probe;
  readonly granularity: Granularity;
}

/** What may be said about a trial beyond its two parts. */
export interface TrialOptions {
  /** Default: `"finest"`. */
  readonly granularity?: Granularity;
}

/** A representation judged by a probe. */
export function trial(
  representation: Representation,
  probe: Probe,
  options: TrialOptions = {},
): Trial {
  return freeze({ representation, probe, granularity: options.granularity ?? "finest" });
}

/**
 * Every representation with every probe.
 *
 * @throws {RangeError} If either list is empty: a grid that yields nothing is a mistake.
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
  options: TrialOptions = {},
): readonly Trial[] {
  if (representations.length === 0 || probes.length === 0) {
    throw new RangeError(
      `Cannot make a grid: it yields no trial: current value is ${representations.length} representations x ${probes.length} probes`,
    );
  }
  return freeze(
    representations.flatMap((one) => probes.map((probe) => trial(one, probe, options))),
  );
}
