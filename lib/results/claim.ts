import type { Claim, Term } from "@/dsl/mod.ts";
import { type Interval, meanOf, percentileInterval } from "@/lib/results/interval.ts";
import { overSeeds, type ResampledCell } from "@/lib/results/resample.ts";
import { matches } from "@/lib/results/select.ts";
import type { Subject } from "@/lib/results/subject.ts";

/** What the numbers say of a claim. */
export type Verdict = "holds" | "does not hold" | "undecided at this scale" | "not measured";

/** The verdicts, in the order in which a reader wants them. */
export const verdicts: readonly Verdict[] = [
  "holds",
  "does not hold",
  "undecided at this scale",
  "not measured",
];

/** A claim that could be measured. */
export interface MeasuredClaim {
  readonly claim: Claim;
  readonly verdict: Exclude<Verdict, "not measured">;
  /** `left - right`, in accuracy from 0 to 1. */
  readonly value: number;
  readonly interval: Interval;
  /** The seeds that all conditions of both sides have; with one, the interval covers test images only. */
  readonly seeds: number;
  readonly left: number;
  readonly right: number;
}

/** A claim that could not, and why. */
export interface UnmeasuredClaim {
  readonly claim: Claim;
  readonly verdict: "not measured";
  readonly reason: string;
}

/** A claim and what the numbers say of it. */
export type Judgement = MeasuredClaim | UnmeasuredClaim;

/**
 * Sets a claim against the numbers. `best` and `worst` choose the condition anew in each resample, by its mean over
 * seeds, so that the doubt about which one it is widens the interval; the choice of a highest mean flatters it, which
 * counts against a claim whose right side is a `best`. The claim holds when the whole interval lies on its side of the
 * threshold, and does not when none of it does.
 *
 * @param cells The measured conditions of the claim's experiment.
 * @param options `absent`: the subjects that should have been measured and were not.
 */
export function judge(
  claim: Claim,
  cells: readonly ResampledCell[],
  options: { readonly absent?: readonly Subject[] } = {},
): Judgement {
  const sides = [claim.left, claim.right];
  const missing = (options.absent ?? []).filter((subject) =>
    sides.some((term) => matches(term.where, subject))
  );
  if (missing.length > 0) {
    const names = [...new Set(missing.map((subject) => subject.condition))];
    return unmeasured(claim, `not in the store: ${names.join("; ")}`);
  }
  const chosen = sides.map((term) => cells.filter((cell) => matches(term.where, cell.subject)));
  if (chosen.some((side) => side.length === 0)) {
    return unmeasured(claim, "no condition of the experiment is meant by it");
  }
  const common = seedsInCommon(chosen.flat());
  if (common.length === 0) return unmeasured(claim, "its conditions have no seed in common");

  const [left, right] = sides.map((term, i) => sideOf(term, chosen[i]!, common)) as [Side, Side];
  const draws = left.draws.map((value, time) => value - right.draws[time]!);
  const interval = percentileInterval(draws);
  return {
    claim,
    verdict: verdictOf(claim, interval),
    value: left.value - right.value,
    interval,
    seeds: common.length,
    left: left.value,
    right: right.value,
  };
}

function unmeasured(claim: Claim, reason: string): UnmeasuredClaim {
  return { claim, verdict: "not measured", reason };
}

/** One side of the contrast: its value, and the same in each resample. */
interface Side {
  readonly value: number;
  readonly draws: Float64Array;
}

const takes: Readonly<Record<Term["take"], (values: readonly number[]) => number>> = {
  mean: meanOf,
  best: (values) => Math.max(...values),
  worst: (values) => Math.min(...values),
};

function sideOf(term: Term, cells: readonly ResampledCell[], seeds: readonly number[]): Side {
  const take = takes[term.take];
  const kept = cells.map((cell) => seeds.map((seed) => indexOfSeed(cell, seed)));
  const values = cells.map((cell, i) => meanOf(kept[i]!.map((at) => cell.rows[at]!.value)));
  const means = cells.map((cell, i) => overSeeds(kept[i]!.map((at) => cell.drawn[at]!)));
  return {
    value: take(values),
    draws: means[0]!.map((_, time) => take(means.map((one) => one[time]!))),
  };
}

function seedsInCommon(cells: readonly ResampledCell[]): readonly number[] {
  const [first, ...others] = cells;
  return (first?.rows ?? []).map((row) => row.seed)
    .filter((seed) => others.every((cell) => indexOfSeed(cell, seed) >= 0));
}

function indexOfSeed(cell: ResampledCell, seed: number): number {
  return cell.rows.findIndex((row) => row.seed === seed);
}

function verdictOf(claim: Claim, { low, high }: Interval): MeasuredClaim["verdict"] {
  const { direction, threshold } = claim;
  const holds = direction === "above" ? low > threshold : high < threshold;
  const fails = direction === "above" ? high <= threshold : low >= threshold;
  return holds ? "holds" : fails ? "does not hold" : "undecided at this scale";
}
