import type { Interval } from "@/lib/results/interval.ts";
import type { Verdict } from "@/lib/results/judge.ts";

/** A number and its interval, as far as it has one. */
export interface Told extends Partial<Interval> {
  readonly value: number;
}

/** A claim as a run found it. */
export interface ToldClaim {
  readonly experiment: string;
  readonly claim: string;
  readonly verdict: Verdict;
  readonly effect: Told | null;
  /** What its numbers are held against: of each contrast where it must lie. */
  readonly borders: string;
}

/** What of a run is laid beside another's. */
export interface OtherRun {
  /** The store or file that it was read from. */
  readonly name: string;
  readonly claims: readonly ToldClaim[];
  /** Accuracies, means over seeds, by the ids of their cells. */
  readonly cells: ReadonlyMap<string, Told>;
}
