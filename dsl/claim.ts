import { freeze } from "@/dsl/freeze.ts";
import type { Selection } from "@/dsl/selection.ts";

/** The accuracy of the selected conditions: their mean, the best, the worst, or the best minus the worst. */
export interface AccuracyTerm {
  readonly take: "mean" | "best" | "worst" | "spread";
  readonly where: Selection;
}

/** How well the selected encoders solve their own training task in the last epoch: the mean of their accuracies. */
export interface PretextTerm {
  readonly take: "pretext";
  readonly where: Selection;
}

/** One term minus another. */
export interface DifferenceTerm {
  readonly take: "difference";
  readonly left: Term;
  readonly right: Term;
}

/** The share of the classes of a coarser level in which the left conditions are more accurate than the right ones. */
export interface ShareTerm {
  readonly take: "share";
  readonly left: Selection;
  readonly right: Selection;
  /** The coarsest level that has as many classes; the classes are told apart at the finest. */
  readonly classes: number;
}

/** Something that can be measured, with an interval. */
export type Term = AccuracyTerm | PretextTerm | DifferenceTerm | ShareTerm;

/** Where a contrast must lie for its claim to hold: above a threshold, below it, or between its negative and itself. */
export type Direction = "above" | "below" | "within";

/** A statement of the paper in a form that a number can answer. */
export interface Claim {
  /** Kebab-case, unique in the study. */
  readonly id: string;
  /** The claim's number in the project's list of the paper's claims, if it stands there. */
  readonly number?: number;
  readonly statement: string;
  /** A {@linkcode difference}, or a {@linkcode share}; in accuracy, or as a share, from 0 to 1. */
  readonly contrast: Term;
  readonly direction: Direction;
  readonly threshold: number;
  /** The paper's value of the contrast; `null` where no value is known. */
  readonly paper: number | null;
}

/** The mean over the selected conditions. */
export function mean(where: Selection): AccuracyTerm {
  return freeze({ take: "mean", where });
}

/** The selected condition with the highest accuracy (its mean over seeds). */
export function best(where: Selection): AccuracyTerm {
  return freeze({ take: "best", where });
}

/** The selected condition with the lowest accuracy (its mean over seeds). */
export function worst(where: Selection): AccuracyTerm {
  return freeze({ take: "worst", where });
}

/** The best minus the worst of the selected conditions; noise widens it, which counts against a claim of little spread. */
export function spread(where: Selection): AccuracyTerm {
  return freeze({ take: "spread", where });
}

/** The accuracy at which the selected encoders tell an image's other view, or its label, in their last epoch. */
export function pretext(where: Selection): PretextTerm {
  return freeze({ take: "pretext", where });
}

/** One term minus another; either may be a difference itself. */
export function difference(left: Term, right: Term): DifferenceTerm {
  return freeze({ take: "difference", left, right });
}

/**
 * The share of classes in which the left conditions are more accurate than the right ones; a tie counts half.
 *
 * @param options `classes`: of the coarsest level that has as many.
 */
export function share(
  left: Selection,
  right: Selection,
  options: { readonly classes: number },
): ShareTerm {
  return freeze({ take: "share", left, right, classes: options.classes });
}

/** What {@linkcode claim} needs; `direction` is `"above"` and `threshold` 0 unless given. */
export type ClaimOptions =
  & Omit<Claim, "direction" | "threshold" | "paper">
  & Partial<Pick<Claim, "direction" | "threshold" | "paper">>;

/**
 * Declares a claim as a contrast.
 *
 * @throws {RangeError} If the direction is `"within"` and the threshold is not positive.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { best, claim, difference, mean } from "@/dsl/mod.ts";
 *
 * const inDomain = claim({
 *   id: "in-domain-species",
 *   statement: "On species, pretraining on species beats every other domain",
 *   contrast: difference(
 *     mean({ method: "simclr", pretrain: "species", on: "species" }),
 *     best({ method: "simclr", pretrain: ["objects", "scenes"], on: "species" }),
 *   ),
 *   paper: 0.12,
 * });
 * assert.equal(inDomain.direction, "above");
 * ```
 */
export function claim(options: ClaimOptions): Claim {
  const made: Claim = { direction: "above", threshold: 0, paper: null, ...options };
  if (made.direction === "within" && !(made.threshold > 0)) {
    throw new RangeError(
      `Cannot declare claim "${made.id}": a contrast lies within a positive threshold: current value is ${made.threshold}`,
    );
  }
  return freeze(made);
}
