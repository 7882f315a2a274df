import { checked, declared } from "@/dsl/checked.ts";
import { fields, kindOf, like, number, type Rule } from "@/dsl/rules.ts";
import { aSelection, type Selection } from "@/dsl/selection.ts";

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

const aComparable = like(
  "a term other than share(): mean(), best(), difference() or another",
  (value) => kindOf(value) === "a term" && (value as Term).take !== "share",
);
const aSmooth = like(
  "a term without best, worst, spread or share in it",
  (value) => kindOf(value) === "a term" && isSmooth(value as Term),
);

/** A term, or where it is none of these, one at the same line that can be looked into: what follows from a mistake is none of its own. */
function soundBy<T extends Term>(rule: Rule, term: T): T | MeanTerm {
  return rule(term, "").length === 0 ? term : declared({ take: "mean", where: {} });
}

function taken<T extends string>(
  take: T,
  given: ArrayLike<unknown>,
  where: Selection,
): { readonly take: T; readonly where: Selection } {
  const isRight = checked(take, given, { options: aSelection });
  return declared({ take, where: isRight ? where : {} });
}

/** The mean over the selected conditions. */
export function mean(where: Selection): MeanTerm {
  return taken("mean", arguments, where);
}

/** The selected condition with the highest accuracy: a claim about it is about each of them. */
export function best(where: Selection): ChoiceTerm {
  return taken("best", arguments, where);
}

/** The selected condition with the lowest accuracy: a claim about it is about each of them. */
export function worst(where: Selection): ChoiceTerm {
  return taken("worst", arguments, where);
}

/** The best minus the worst of the selected conditions: a claim about it is about each pair of them. */
export function spread(where: Selection): ChoiceTerm {
  return taken("spread", arguments, where);
}

/** The logit of the mean accuracy of the selected conditions. */
export function logit(where: Selection): LogitTerm {
  return taken("logit", arguments, where);
}

/** The accuracy at which the selected encoders tell an image's other view among a batch of images that they were not trained on. */
export function pretext(where: Selection): PretextTerm {
  return taken("pretext", arguments, where);
}

/** One term minus another; either may be a difference itself. */
export function difference(left: SmoothTerm, right: SmoothTerm): DifferenceTerm & SmoothTerm;
/** One term minus another, of which one chooses: `best`, `worst` or `spread`. */
export function difference(left: ComparableTerm, right: ComparableTerm): DifferenceTerm;
export function difference(left: ComparableTerm, right: ComparableTerm): DifferenceTerm {
  checked("difference", arguments, { left: aComparable, right: aComparable });
  return declared({
    take: "difference",
    left: soundBy(aComparable, left),
    right: soundBy(aComparable, right),
  });
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
  checked("ratio", arguments, { of: aSmooth, to: aSmooth });
  return declared({ take: "ratio", of: soundBy(aSmooth, of), to: soundBy(aSmooth, to) });
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
  const isRight = checked("share", arguments, {
    left: aSelection,
    right: aSelection,
    options: fields({
      classes: number("an integer of 2 or more", (one) => Number.isSafeInteger(one) && one > 1),
    }),
  });
  return declared({
    take: "share",
    left: isRight ? left : {},
    right: isRight ? right : {},
    classes: options?.classes,
  });
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
