import type { Claim } from "@/dsl/claim.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { Selection } from "@/dsl/selection.ts";
import type { Trial } from "@/dsl/trial.ts";

/** Where published numbers come from, which says how far they can be trusted: printed in a table, read off a plot, quoted. */
export type PaperSource = "table" | "plot" | "review";

/** A number of the paper, set beside ours in the report. */
export interface PaperValue {
  readonly where: Selection;
  /** Top-1 accuracy, 0 to 1. */
  readonly value: number;
}

/** One figure or table of the study. */
export interface Experiment {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** Where the paper has it: "Table 1". */
  readonly reference: string;
  readonly trials: readonly Trial[];
  /** What the paper does not ask: left out unless it is asked for, and of no claim. */
  readonly beyond: readonly Trial[];
  readonly claims: readonly Claim[];
  readonly paper: readonly PaperValue[];
  /** Where the paper's values come from, those of its claims and figures too. */
  readonly paperSource?: PaperSource;
  /** How many seeds, where this experiment wants other than its scale has. */
  readonly seeds?: number;
}

/** What {@linkcode experiment} needs. */
export type ExperimentOptions =
  & Omit<Experiment, "beyond" | "claims" | "paper">
  & Partial<Pick<Experiment, "beyond" | "claims" | "paper">>;

/**
 * Declares an experiment: plain frozen data.
 *
 * @throws {RangeError} If the id is not kebab-case, there is no trial, a trial occurs twice, or a claim's id occurs twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, experiment, grid, linear, simclr } from "@/dsl/mod.ts";
 *
 * const mine = experiment({
 *   id: "my-domain",
 *   title: "One encoder, one probe",
 *   question: "Does it learn anything?",
 *   reference: "none",
 *   trials: grid([simclr(domain("species", "50k"))], [linear("species")]),
 * });
 * assert.ok(Object.isFrozen(mine.trials));
 * ```
 */
export function experiment(options: ExperimentOptions): Experiment {
  const { id, trials } = options;
  const { beyond = [], claims = [], paper = [] } = options;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new RangeError(
      `Cannot declare an experiment: id must be kebab-case: current value is "${id}"`,
    );
  }
  if (trials.length === 0) {
    throw new RangeError(
      `Cannot declare experiment "${id}": it needs a trial or more: current value is 0`,
    );
  }
  const texts = [...trials, ...beyond].map((trial) => JSON.stringify(trial));
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot declare experiment "${id}": a trial may occur once: current value is ${twice}`,
    );
  }
  const ids = claims.map((claim) => claim.id);
  const again = ids.find((name, i) => ids.indexOf(name) !== i);
  if (again !== undefined) {
    throw new RangeError(
      `Cannot declare experiment "${id}": a claim's id may occur once: current value is "${again}"`,
    );
  }
  if (
    options.seeds !== undefined && !(Number.isInteger(options.seeds) && options.seeds > 0)
  ) {
    throw new RangeError(
      `Cannot declare experiment "${id}": seeds must be a positive integer: current value is ${options.seeds}`,
    );
  }
  return freeze({ ...options, beyond, claims, paper });
}
