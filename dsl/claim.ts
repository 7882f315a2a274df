import type { Check } from "@/dsl/check.ts";
import { checked, declared, refuseCall } from "@/dsl/checked.ts";
import {
  fields,
  kebab,
  list,
  made,
  number,
  optional,
  type Rule,
  text,
  twice,
  word,
} from "@/dsl/rules.ts";
import { isSmooth, type Term } from "@/dsl/term.ts";

/** Where a contrast must lie for its claim to hold: above a threshold, below it, or between its negative and itself. */
export type Direction = "above" | "below" | "within";

/** One number by which a claim is asked: in one panel of a figure, one column of a table, of one method. */
export interface Contrast {
  /** Kebab-case, unique in its experiment. */
  readonly id: string;
  readonly statement: string;
  /** In accuracy, or as a share, from 0 to 1, unless its terms say otherwise. */
  readonly term: Term;
  readonly direction: Direction;
  readonly threshold: number;
  /** The paper's value of the term; `null` where no value is known. */
  readonly paper: number | null;
}

/** What a claim of several contrasts says: that each of them lies where it must, or that their mean does. */
export type Meaning = "all" | "mean";

/** A statement in a form that numbers can answer: one hypothesis, tested once. */
export interface Claim {
  /** Kebab-case, unique in its experiment. */
  readonly id: string;
  /** The claim's number in the project's list of the paper's claims, if it stands there. */
  readonly number?: number;
  readonly statement: string;
  readonly means: Meaning;
  readonly contrasts: readonly Contrast[];
  /** What must be so before its numbers can answer it. */
  readonly checks: readonly Check[];
}

/** What {@linkcode claim} needs: contrasts, or the one term by which it is asked. */
export type ClaimOptions =
  & Pick<Claim, "id" | "statement">
  & Partial<Pick<Claim, "number" | "means" | "checks">>
  /** Of every contrast that has none of its own; `"above"` 0 unless given. */
  & Partial<Pick<Contrast, "direction" | "threshold">>
  & (
    | { readonly contrasts: readonly ContrastOptions[] }
    | { readonly term: Term; readonly paper?: number | null }
  );

/** What a contrast of a claim needs. */
export type ContrastOptions =
  & Pick<Contrast, "id" | "statement" | "term">
  & Partial<Pick<Contrast, "direction" | "threshold" | "paper">>;

/**
 * Declares a claim.
 *
 * @throws {InputError} If a field is wrong, it has no contrast, two of one id, a direction `"within"` whose threshold is not positive, a
 * share that lies within, or means the mean of contrasts of unlike directions or thresholds, or of ones that choose.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { best, claim, difference, mean } from "@/dsl/mod.ts";
 *
 * const ownIsBest = claim({
 *   id: "own-is-best",
 *   statement: "Pretraining on the task's own domain beats every other",
 *   contrasts: (["species", "scenes"] as const).map((on) => ({
 *     id: `own-is-best-on-${on}`,
 *     statement: `On ${on}, pretraining on ${on} beats pretraining on objects and on aerial`,
 *     term: difference(
 *       mean({ method: "simclr", pretrain: on, on }),
 *       best({ method: "simclr", pretrain: ["objects", "aerial"], on }),
 *     ),
 *   })),
 * });
 * assert.equal(ownIsBest.means, "all");
 * assert.equal(ownIsBest.contrasts[0]?.direction, "above");
 * ```
 */
export function claim(options: ClaimOptions): Claim {
  if (!checked("claim", arguments, { options: someOptions })) return declared(nothingClaimed);
  const { id, statement, number, means = "all", checks = [] } = options;
  const { direction = "above", threshold = 0 } = options;
  const asked: readonly ContrastOptions[] = "contrasts" in options
    ? options.contrasts
    : [{ id, statement, term: options.term, paper: options.paper ?? null }];
  const contrasts = asked.map((one): Contrast => ({ direction, threshold, paper: null, ...one }));
  const refused = (problem: string, remedy: string) =>
    refuseCall("claim", `of "${id}", ${problem}`, remedy);
  const ids = contrasts.map((one) => one.id);
  const again = twice(ids);
  if (again !== undefined) refused(`the contrast "${again}" occurs twice`, "Name each once");
  const within = contrasts.find(({ direction, term }) =>
    direction === "within" && term.take === "share"
  );
  if (within !== undefined) {
    refused(`a share of classes is claimed "within"`, 'Claim it "above" or "below"');
  }
  const wide = contrasts.find((one) => one.direction === "within" && !(one.threshold > 0));
  if (wide !== undefined) {
    refused(`a contrast lies "within" ${wide.threshold}`, "Give a threshold above 0");
  }
  const borders = new Set(contrasts.map((one) => `${one.direction} ${one.threshold}`));
  if (means === "mean" && borders.size > 1) {
    refused(
      `it means the mean of contrasts that are ${[...borders].join(" and ")}`,
      "Give all one direction and threshold",
    );
  }
  const chosen = means === "mean" && contrasts.length > 1
    ? contrasts.find(({ term }) => !isSmooth(term))
    : undefined;
  if (chosen !== undefined) {
    refused(
      `it means the mean of contrasts, and "${chosen.id}" has best, worst, spread or share in it`,
      'Let it mean "all"',
    );
  }
  return declared({
    id,
    ...number !== undefined && { number },
    statement,
    means,
    contrasts,
    checks,
  });
}

const bordered = {
  direction: optional(word(() => ["above", "below", "within"])),
  threshold: optional(number("a number")),
};
const aPaperValue: Rule = (value, name) =>
  value === undefined || value === null ? [] : number("a number, or null")(value, name);
const aTerm = made("a term");

const someOptions: Rule = (value, name) => {
  const asked = typeof value === "object" && value !== null ? value : {};
  const isOne = "term" in asked, areSeveral = "contrasts" in asked;
  const wrong = fields({
    id: kebab,
    statement: text,
    number: optional(number("the number that the paper's claim has", Number.isSafeInteger)),
    means: optional(word(() => ["all", "mean"])),
    checks: optional(list(made("a check"), "checks")),
    ...bordered,
    contrasts: optional(list(
      fields({ id: kebab, statement: text, term: aTerm, ...bordered, paper: aPaperValue }),
      "contrasts",
      1,
    )),
    term: optional(aTerm),
    paper: aPaperValue,
  })(value, name);
  if (wrong.length > 0 || isOne !== areSeveral) return wrong;
  return [{
    problem: isOne ? "term and contrasts are both given" : "term is missing",
    remedy: "Give the one term, or contrasts with a term each",
  }];
};

const nothingClaimed: Claim = {
  id: "wrong",
  statement: "",
  means: "all",
  contrasts: [],
  checks: [],
};
