import { listing } from "@/lib/report/mod.ts";
import { type Judgement, type Verdict, verdicts } from "@/lib/results/mod.ts";

const phrases: Readonly<Record<Verdict, string>> = {
  "holds": "holds on",
  "does not hold": "does not hold on",
  "undecided at this scale": "undecided at this scale on",
  "not testable here": "not testable here on",
  "not measured": "not measured on",
};

/**
 * A family of claims in one sentence: "… : holds on species and scenes; undecided at this scale on aerial."
 *
 * @param statement What is claimed of each domain.
 * @param options `judgements`: all of the experiment; the family are those whose claim's id begins with `prefix`, and
 * the domain is the rest of the id.
 */
export function familySentence(
  statement: string,
  { judgements, prefix }: { readonly judgements: readonly Judgement[]; readonly prefix: string },
): string {
  const own = judgements.filter(({ claim }) => claim.id.startsWith(prefix));
  if (own.length === 0) return "";
  const parts = verdicts.flatMap((verdict) => {
    const on = own.filter((one) => one.verdict === verdict)
      .map(({ claim }) => claim.id.slice(prefix.length));
    return on.length === 0 ? [] : [`${phrases[verdict]} ${listing(on)}`];
  });
  return `${statement}: ${parts.join("; ")}.`;
}

/** How many claims have each verdict: "5 hold, 1 does not hold and 8 are undecided at this scale". */
export function tally(judgements: readonly Judgement[]): string {
  return listing(verdicts.flatMap((verdict) => {
    const n = judgements.filter((one) => one.verdict === verdict).length;
    return n === 0 ? [] : [counts[verdict](n)];
  }));
}

const counts: Readonly<Record<Verdict, (n: number) => string>> = {
  "holds": (n) => n === 1 ? "1 holds" : `${n} hold`,
  "does not hold": (n) => n === 1 ? "1 does not hold" : `${n} do not hold`,
  "undecided at this scale": (n) => `${n} ${n === 1 ? "is" : "are"} undecided at this scale`,
  "not testable here": (n) => `${n} ${n === 1 ? "is" : "are"} not testable here`,
  "not measured": (n) => `${n} ${n === 1 ? "was" : "were"} not measured`,
};
