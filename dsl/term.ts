import { freeze } from "@/dsl/freeze.ts";
import type { Selection } from "@/dsl/selection.ts";

/** The mean accuracy of the selected conditions. */
export interface MeanTerm {
  readonly take: "mean";
  readonly where: Selection;
}

/** The accuracy of the best or the worst of the selected conditions, or the best minus the worst. */
export interface ChoiceTerm {
  readonly take: "best" | "worst" | "spread";
  readonly where: Selection;
}

/** The logit of the mean accuracy of the selected conditions, log(p / (1 - p)): what floor and ceiling do not squeeze. */
export interface LogitTerm {
  readonly take: "logit";
  readonly where: Selection;
}

/** How well the selected encoders tell an image's other view among a batch of held-out images: the mean of their accuracies. */
export interface PretextTerm {
  readonly take: "pretext";
  readonly where: Selection;
}

/** One term minus another. */
export interface DifferenceTerm {
  readonly take: "difference";
  readonly left: ComparableTerm;
  readonly right: ComparableTerm;
}

/** One term as a share of another. */
export interface RatioTerm {
  readonly take: "ratio";
  readonly of: SmoothTerm;
  readonly to: SmoothTerm;
}

/** The share of the classes of a coarser level in which the left conditions are more accurate than the right ones. */
export interface ShareTerm {
  readonly take: "share";
  readonly left: Selection;
  readonly right: Selection;
  /** The coarsest level that has as many classes; the classes are told apart at the finest. */
  readonly classes: number;
}

/** A term that no choice is made in: it moves smoothly with the accuracies that it is made of. */
export type SmoothTerm =
  | MeanTerm
  | LogitTerm
  | PretextTerm
  | RatioTerm
  | (DifferenceTerm & { readonly left: SmoothTerm; readonly right: SmoothTerm });

/** Something of which another can be taken away. */
export type ComparableTerm =
  | MeanTerm
  | ChoiceTerm
  | LogitTerm
  | PretextTerm
  | DifferenceTerm
  | RatioTerm;

/** Something that can be measured, with an interval. */
export type Term = ComparableTerm | ShareTerm;

/** The mean over the selected conditions. */
export function mean(where: Selection): MeanTerm {
  return freeze({ take: "mean", where });
}

/** The selected condition with the highest accuracy: a claim about it is about each of them. */
export function best(where: Selection): ChoiceTerm {
  return freeze({ take: "best", where });
}

/** The selected condition with the lowest accuracy: a claim about it is about each of them. */
export function worst(where: Selection): ChoiceTerm {
  return freeze({ take: "worst", where });
}

/** The best minus the worst of the selected conditions: a claim about it is about each pair of them. */
export function spread(where: Selection): ChoiceTerm {
  return freeze({ take: "spread", where });
}

/** The logit of the mean accuracy of the selected conditions. */
export function logit(where: Selection): LogitTerm {
  return freeze({ take: "logit", where });
}

/** The accuracy at which the selected encoders tell an image's other view among a batch of images that they were not trained on. */
export function pretext(where: Selection): PretextTerm {
  return freeze({ take: "pretext", where });
}

/** One term minus another; either may be a difference itself. */
export function difference(left: SmoothTerm, right: SmoothTerm): DifferenceTerm & SmoothTerm;
export function difference(left: ComparableTerm, right: ComparableTerm): DifferenceTerm;
export function difference(left: ComparableTerm, right: ComparableTerm): DifferenceTerm {
  return freeze({ take: "difference", left, right });
}

/**
 * One term as a share of another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { difference, jpeg, mean, ratio } from "@/dsl/mod.ts";
 *
 * const clean = mean({ method: "simclr", corruption: { kind: "clean" } });
 * const lost = ratio(
 *   difference(clean, mean({ method: "simclr", corruption: jpeg(10) })),
 *   difference(clean, mean({ method: "none" })),
 * );
 * assert.equal(lost.take, "ratio");
 * ```
 */
export function ratio(of: SmoothTerm, to: SmoothTerm): RatioTerm {
  return freeze({ take: "ratio", of, to });
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

/** Whether no choice is made in a term. */
export function isSmooth(term: Term): term is SmoothTerm {
  switch (term.take) {
    case "difference":
      return isSmooth(term.left) && isSmooth(term.right);
    case "mean":
    case "logit":
    case "pretext":
    case "ratio":
      return true;
    default:
      return false;
  }
}
