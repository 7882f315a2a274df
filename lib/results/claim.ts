import type { Claim } from "@/dsl/mod.ts";
import { claimPValues, intervalOf, uncertainty } from "@/lib/results/contrast_interval.ts";
import { holm } from "@/lib/results/holm.ts";
import type { Interval } from "@/lib/results/interval.ts";
import { matches } from "@/lib/results/select.ts";
import type { Subject } from "@/lib/results/subject.ts";
import { type Measurements, measureTerm, selectionsOf } from "@/lib/results/term.ts";

/** What the numbers say of a claim. */
export type Verdict =
  | "holds"
  | "does not hold"
  | "undecided at this scale"
  | "not testable here"
  | "not measured";

/** The verdicts, in the order in which a reader wants them. */
export const verdicts: readonly Verdict[] = [
  "holds",
  "does not hold",
  "undecided at this scale",
  "not testable here",
  "not measured",
];

/** A claim's contrast as it was measured. */
export interface Contrast {
  readonly claim: Claim;
  readonly value: number;
  /** 95 %, for this claim by itself. */
  readonly interval: Interval;
  /** The seeds that all conditions of the contrast have; with one, the interval covers test images only. */
  readonly seeds: number;
  /** One-sided: how likely so large a contrast is if the claim is false. */
  readonly pHolds: number;
  /** One-sided: how likely so small a contrast is if the claim is true. */
  readonly pFails: number;
}

/** A claim that could be measured. */
export interface MeasuredClaim extends Contrast {
  readonly verdict: "holds" | "does not hold" | "undecided at this scale";
  /** Two-sided, corrected for the number of claims of the study (Holm 1979). */
  readonly p: number;
}

/** A claim that could not, and why. */
export interface UnmeasuredClaim {
  readonly claim: Claim;
  readonly verdict: "not testable here" | "not measured";
  readonly reason: string;
}

/** A claim and what the numbers say of it. */
export type Judgement = MeasuredClaim | UnmeasuredClaim;

/** Whether a claim has a number. */
export function isMeasured<T extends { readonly claim: Claim }>(
  one: T | UnmeasuredClaim,
): one is T {
  return !("reason" in one);
}

/**
 * Measures a claim's contrast.
 *
 * @param measurements What was measured of the claim's experiment.
 * @param options `absent`: the subjects that should have been measured and were not.
 */
export function measureClaim(
  claim: Claim,
  measurements: Measurements,
  options: { readonly absent?: readonly Subject[] } = {},
): Contrast | UnmeasuredClaim {
  const selections = selectionsOf(claim.contrast);
  const missing = (options.absent ?? []).filter((subject) =>
    selections.some(({ where }) => matches(where, subject))
  );
  if (missing.length > 0) {
    const names = [...new Set(missing.map((subject) => subject.condition))];
    return {
      claim,
      verdict: "not measured",
      reason: `not in the store: ${names.join("; ")}`,
    };
  }
  const notTestable = (reason: string): UnmeasuredClaim => ({
    claim,
    verdict: "not testable here",
    reason,
  });
  const chosen = selections.map(({ where, pretext }) =>
    pretext
      ? measurements.pretexts.filter(({ subject }) => matches(where, subject))
        .map(({ accuracies }) => [...accuracies.keys()])
      : measurements.cells.filter(({ subject }) => matches(where, subject))
        .map(({ rows }) => rows.map(({ seed }) => seed))
  );
  if (chosen.some((side) => side.length === 0)) {
    return notTestable(
      "no condition is meant by it: the data may lack the levels of the label tree that it asks for",
    );
  }
  const [first, ...others] = chosen.flat();
  const seeds = first!.filter((seed) => others.every((one) => one.includes(seed)));
  if (seeds.length === 0) return notTestable("its conditions have no seed in common");
  const times = measurements.cells[0]!.drawn[0]!.length;
  const measured = measureTerm(claim.contrast, measurements, { seeds, times });
  if (measured === undefined) {
    return notTestable(
      selections.some(({ pretext }) => pretext)
        ? "how sure a training's own accuracy is shows in the spread over seeds: ask for two or more with --seeds"
        : "the label tree has no level with as many classes",
    );
  }
  const number = uncertainty(measured);
  return {
    claim,
    value: number.value,
    interval: intervalOf(number),
    seeds: seeds.length,
    ...claimPValues(number, claim),
  };
}

/**
 * Judges all claims of a study together: each one's two-sided p-value is corrected for how many there are (Holm 1979), and
 * below 0.05 it is decided, for the side that the numbers are on.
 */
export function judge(
  contrasts: readonly (Contrast | UnmeasuredClaim)[],
): readonly Judgement[] {
  const measured = contrasts.filter((one): one is Contrast => isMeasured<Contrast>(one));
  const corrected = holm(
    measured.map(({ pHolds, pFails }) => Math.min(1, 2 * Math.min(pHolds, pFails))),
  );
  return contrasts.map((one) => {
    if (!isMeasured<Contrast>(one)) return one;
    const p = corrected[measured.indexOf(one)]!;
    const verdict = p >= 0.05
      ? "undecided at this scale"
      : one.pHolds < one.pFails
      ? "holds"
      : "does not hold";
    return { ...one, p, verdict };
  });
}
