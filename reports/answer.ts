import type { StudyResults, Verdict } from "@/lib/results/mod.ts";

/** What a claim's verdict comes to in an answer: so, not so, or not known. */
type Known = "yes" | "no" | "open";

/**
 * The answer to the paper's question at this scale, drawn from the verdicts alone: a sentence each on how much data, from which
 * domain, of what quality and for how fine a task, and one on what is left open.
 */
export function answerSentences({ experiments }: StudyResults): readonly string[] {
  const verdicts = new Map(
    experiments.flatMap(({ judgements }) =>
      judgements.flatMap(({ claim, verdict }) =>
        claim.number === undefined ? [] : [[claim.number, verdict] as const]
      )
    ),
  );
  const known = (number: number): Known => {
    const verdict = verdicts.get(number);
    return verdict === "holds" ? "yes" : verdict === "does not hold" ? "no" : "open";
  };
  const sentences = [
    quantity(known),
    domain(known),
    quality(known),
    granularity(known),
  ].filter((one) => one !== null);
  return [...sentences, rest([...verdicts.values()], sentences.length)];
}

type Lookup = (number: number) => Known;

/** Phrases that are known, joined into a sentence; nothing where none is. */
function sentence(phrases: readonly (string | false)[]): string | null {
  const kept = phrases.filter((one) => one !== false);
  if (kept.length === 0) return null;
  const joined = kept.length === 1
    ? kept[0]!
    : `${kept.slice(0, -1).join(", ")}, and ${kept.at(-1)}`;
  return `${joined[0]!.toUpperCase()}${joined.slice(1)}.`;
}

function quantity(known: Lookup): string | null {
  return sentence([
    known(2) === "yes" && "pretraining on few images falls behind",
    known(2) === "no" && "pretraining on few images is no worse here",
    known(1) === "yes" && "the last doubling of the images adds little",
    known(1) === "no" && "the last doubling of the images still pays",
    known(3) === "yes" && "with few labels it is a good start for fine-tuning",
    known(3) === "no" && "even with few labels it is no better start than random weights",
    known(6) === "yes" && "a linear probe on it stays well below full supervision",
  ]);
}

function domain(known: Lookup): string | null {
  return sentence([
    known(8) === "yes" && "it works best on images of the task’s own domain",
    known(8) === "no" && "the task’s own domain is not always the best to pretrain on",
    known(10) === "yes" && "a pool of domains is no substitute for them",
    known(10) === "no" && "a pool of domains serves no worse than as many of the task’s own",
    known(13) === "yes" && "a second domain’s features add little to the first’s",
    known(13) === "no" && "a second domain’s features add to the first’s",
  ]);
}

function quality(known: Lookup): string | null {
  return sentence([
    known(15) === "yes" &&
    "corrupted images take more from contrastive than from supervised training",
    known(15) === "no" &&
    "corrupted images take no more from contrastive than from supervised training",
    known(16) === "yes" && "lost resolution costs the most",
    known(16) === "no" && "lost resolution costs no more than noise does",
  ]);
}

function granularity(known: Lookup): string | null {
  return sentence([
    known(17) === "yes" && "the finer the task, the farther it falls behind supervised training",
    known(17) === "no" &&
    "it does not fall farther behind supervised training as the task becomes finer",
    known(7) === "yes" && "so do other self-supervised methods on many fine classes",
    known(7) === "no" && "on many fine classes not every self-supervised method falls behind",
  ]);
}

/** What stays open, by its commonest reason. */
function rest(verdicts: readonly Verdict[], known: number): string {
  if (verdicts.includes("needs two seeds")) {
    return "One seed decides nothing: run two or more, with --seeds 2.";
  }
  const open = verdicts.filter((one) => one !== "holds" && one !== "does not hold");
  if (open.length === 0) return "Every claim that was asked is decided.";
  const isUndecided = open.filter((one) => one === "undecided").length * 2 >= open.length;
  return `${known === 0 ? "Nothing is decided yet" : "The rest is open"}: ${
    isUndecided
      ? "more seeds would decide more of it"
      : "this budget is too small to test it, as each claim’s section says"
  }.`;
}
