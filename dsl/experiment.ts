import type { Claim } from "@/dsl/claim.ts";
import { checked, declared, isSound, refuseCall } from "@/dsl/checked.ts";
import { aRole, paperRoles } from "@/dsl/domain.ts";
import type { DeclaredFigure } from "@/dsl/figure.ts";
import {
  fields,
  kebab,
  list,
  made,
  number,
  optional,
  type Rule,
  shown,
  text,
  twice,
  word,
} from "@/dsl/rules.ts";
import { aSelection, type Selection } from "@/dsl/selection.ts";
import type { Scale } from "@/dsl/scale.ts";
import type { Trial } from "@/dsl/trial.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";

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
  /** How the page shows its accuracies; where there are none, what varies decides. */
  readonly figures: readonly DeclaredFigure[];
  readonly paper: readonly PaperValue[];
  /** Where the paper's values come from, those of its claims and figures too. */
  readonly paperSource?: PaperSource;
  /** How many seeds, where this experiment wants other than its scale has. */
  readonly seeds?: number;
  /** Its place among all experiments; those without one come after, by their ids. */
  readonly order?: number;
  /** The data sets of roles of one's own, as `data.yaml` has them; paths start at the folder of the experiment's file. */
  readonly data?: { readonly [role: string]: DataSet };
}

/** A data set, as `data.yaml` has it. */
export interface DataSet {
  readonly dataset: string;
  readonly [field: string]: string | readonly string[];
}

/** What {@linkcode experiment} needs. */
export type ExperimentOptions =
  & Omit<Experiment, "beyond" | "claims" | "figures" | "paper">
  & Partial<Pick<Experiment, "beyond" | "claims" | "figures" | "paper">>;

/**
 * Declares an experiment: plain frozen data.
 *
 * @throws {InputError} If a field is wrong, there is no trial, a trial occurs twice, or the id of a claim or of a contrast
 * does.
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
  const isRight = checked("experiment", arguments, { options: someOptions() });
  const { id, trials = [], beyond = [], claims = [], figures = [], paper = [] } = options ?? {};
  if (isRight) {
    if (id === "all") {
      refuseCall("experiment", 'id "all" stands for all experiments', "Give another");
    }
    // What follows from a mistake is none of its own: a size that is wrong makes trials alike.
    const again = isSound() ? trialTwice({ trials, beyond }) : undefined;
    if (again !== undefined) {
      refuseCall("experiment", `in "${id}", a trial occurs twice: ${again}`, "Leave one out");
    }
    const scale = scaleNamedTwice([...trials, ...beyond]);
    if (scale !== undefined) {
      refuseCall("experiment", `in "${id}", two scales are called "${scale}"`, "Rename one");
    }
    const claimed = isSound() ? twice(claims.map((claim) => claim.id)) : undefined;
    if (claimed !== undefined) {
      refuseCall("experiment", `in "${id}", two claims have the id "${claimed}"`, "Rename one");
    }
    const contrasts = claims.flatMap(({ contrasts }) => contrasts.map((contrast) => contrast.id));
    const asked = isSound() && claimed === undefined ? twice(contrasts) : undefined;
    if (asked !== undefined) {
      refuseCall("experiment", `in "${id}", two contrasts have the id "${asked}"`, "Rename one");
    }
  }
  return declared({ ...options, beyond, claims, figures, paper });
}

/** Which trial occurs twice, in words, and where it stands. */
function trialTwice(
  { trials, beyond }: Pick<Experiment, "trials" | "beyond">,
): string | undefined {
  const first = new Map<string, string>();
  const placed = Object.entries({ trials, beyond })
    .flatMap(([list, some]) => some.map((trial, i) => ({ trial, at: `${list}[${i}]` })));
  for (const { trial, at } of placed) {
    const text = canonicalJson(trial), before = first.get(text);
    if (before !== undefined) {
      const { representation, probe } = trial;
      const encoders = representation.kind === "fusion"
        ? representation.encoders
        : [representation];
      const methods = encoders.map(({ method }) => method).join(" & ");
      return `${methods} with ${probe.kind} on ${probe.on} is ${before} and ${at}`;
    }
    first.set(text, at);
  }
  return undefined;
}

function scaleNamedTwice(trials: readonly Trial[]): string | undefined {
  const known = new Map<string, string>();
  const isOther = ({ name, ...rest }: Scale): boolean => {
    const text = JSON.stringify(rest), first = known.get(name) ?? text;
    known.set(name, first);
    return first !== text;
  };
  const own = trials.map(({ scale }) => scale).filter((one) => typeof one === "object");
  return own.filter((one) => one !== null).find(isOther)?.name;
}

function someOptions(): Rule {
  return fields({
    id: kebab,
    title: text,
    question: text,
    reference: text,
    // A grid with a mistake yields none.
    trials: list(made("a trial"), "trials", isSound() ? 1 : 0),
    beyond: optional(list(made("a trial"), "trials")),
    claims: optional(list(made("a claim"), "claims")),
    figures: optional(list(made("a figure"), "figures")),
    paper: optional(list(
      fields({ where: aSelection, value: number("a share from 0 to 1", (v) => v >= 0 && v <= 1) }),
      "paper values",
    )),
    paperSource: optional(word(() => ["table", "plot", "review"])),
    seeds: optional(number("1, 2, 3, …", (one) => Number.isSafeInteger(one) && one > 0)),
    order: optional(number("a number")),
    data: optional(someData),
  });
}

/** Bindings of own roles; what of them is wrong in itself, reading the data set tells. */
const someData: Rule = (value, name) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{
      problem: `${name} is ${shown(value)}`,
      remedy: 'Write { mine: { dataset: "image-folder", path: "photos/mine" } }',
    }];
  }
  return Object.keys(value).flatMap((role) =>
    paperRoles.some((one) => one === role)
      ? [{
        problem: `${name} binds "${role}", which is a role of all experiments`,
        remedy: "Bind it in data.yaml, or bind a role of your own here",
      }]
      : aRole(role, name).length === 0
      ? []
      : [{
        problem: `${name} binds "${role}", which is no role of a trial`,
        remedy: `Name it in a trial: domain(role("${role}"))`,
      }]
  );
};
