import { listing } from "@/lib/report/mod.ts";
import { type StudyResults, type Verdict, verdicts } from "@/lib/results/mod.ts";

/** The answer of a study that is not the paper's, in a sentence: how many of its claims got which verdict. */
export function ownAnswer({ experiments }: Pick<StudyResults, "experiments">): string {
  const all = experiments.flatMap(({ judgements }) => judgements.map(({ verdict }) => verdict));
  if (all.length === 0) return "Nothing is claimed: the figures show what was measured.";
  const counts = verdicts.map((verdict) => ({
    n: all.filter((one) => one === verdict).length,
    words: verdictWords[verdict],
  })).filter(({ n }) => n > 0);
  const [{ n, words: [one, several] }] = counts as [typeof counts[number]];
  if (all.length === 1) return `The claim ${one}.`;
  if (n === all.length) return `${n === 2 ? "Both" : `All ${n}`} claims ${several}.`;
  const told = counts.map(({ n, words: [one, several] }) => `${n} ${n === 1 ? one : several}`);
  return `Of ${all.length} claims ${listing(told)}.`;
}

const verdictWords: Readonly<Record<Verdict, readonly [one: string, several: string]>> = {
  "holds": ["holds", "hold"],
  "does not hold": ["does not hold", "do not hold"],
  "undecided": ["is undecided", "are undecided"],
  "not testable at this budget": [
    "is not testable at this budget",
    "are not testable at this budget",
  ],
  "needs two seeds": ["needs two seeds", "need two seeds"],
  "not testable here": ["is not testable here", "are not testable here"],
  "not measured": ["is not measured", "are not measured"],
};
