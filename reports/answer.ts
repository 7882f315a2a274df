import type { StudyResults, Verdict } from "@/lib/results/mod.ts";

/** What a claim's verdict comes to in an answer: so, not so, or not known. */
type Known = "yes" | "no" | "open";
type Lookup = (number: number) => Known;

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
  const found = [quantity, domain, quality, granularity].map((topic) => topic(known))
    .filter((one) => one !== null);
  // Named once, then spoken of.
  let isNamed = false;
  const sentences = found.map((one) => {
    const text = one.replace(/\{it\}/g, () => {
      const word = isNamed ? "it" : "contrastive pretraining";
      isNamed = true;
      return word;
    });
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
  });
  return [...sentences, rest([...verdicts.values()], sentences.length)];
}

/** Phrases that are known, with a semicolon between; nothing where none is. */
function joined(...phrases: readonly (string | false | undefined)[]): string | null {
  const kept = phrases.filter(Boolean);
  return kept.length === 0 ? null : kept.join("; ");
}

function quantity(known: Lookup): string | null {
  const images: Readonly<Record<string, string>> = {
    "yes yes":
      "{it} needs many images, but not ever more: small sets fall behind, and the last doubling adds little",
    "yes no": "the more images {it} sees the better, up to the largest set tried here",
    "yes open": "{it} falls behind when it sees few images",
    "no yes": "how many images {it} sees hardly matters here",
    "no no": "{it} does no worse on few images, yet the last doubling still pays",
    "no open": "{it} does no worse on few images here",
    "open yes": "the last doubling of its images adds little to {it}",
    "open no": "the last doubling of its images still pays for {it}",
  };
  return joined(
    images[`${known(2)} ${known(1)}`],
    known(3) === "yes" &&
      `where labels are few {it} is a better start than random weights${
        known(4) === "yes" ? ", a lead that many labels take away" : ""
      }`,
    known(3) === "no" && "even where labels are few {it} is no better start than random weights",
    known(6) === "yes" &&
      "a linear classifier on what {it} learned stays well below full supervision",
  );
}

function domain(known: Lookup): string | null {
  const pool = {
    yes: {
      yes: ", for which as many images of a mixed pool are no substitute",
      no: ", though as many images of a mixed pool serve no worse",
      open: "",
    },
    no: {
      yes: ", though as many images of a mixed pool serve worse",
      no: ", and as many images of a mixed pool serve no worse",
      open: "",
    },
    open: {
      yes: "as many images of a mixed pool serve worse than the task’s own domain",
      no: "as many images of a mixed pool serve no worse than the task’s own domain",
      open: "",
    },
  }[known(8)][known(10)];
  const own = {
    yes: "{it} works best on images of the task’s own domain",
    no: "the task’s own domain is not always the best for {it}",
    open: "",
  }[known(8)];
  return joined(
    own + pool,
    known(13) === "yes" && "the features of a second encoder add little to the first’s",
    known(13) === "no" && "the features of a second encoder do add to the first’s",
  );
}

function quality(known: Lookup): string | null {
  if (known(15) === "open") {
    return joined(
      known(16) === "yes" && "lost resolution of its images costs {it} more than noise",
      known(16) === "no" && "lost resolution of its images costs {it} no more than noise",
    );
  }
  const more = known(15) === "yes" ? "more" : "no more";
  const most = { yes: ", lost resolution most of all", no: "", open: "" }[known(16)];
  return `corrupted images cost {it} ${more} than they cost supervised training${most}`;
}

function granularity(known: Lookup): string | null {
  if (known(17) === "open") {
    return joined(
      known(7) === "yes" &&
        "on many fine classes every self-supervised method falls well behind supervised training",
      known(7) === "no" &&
        "on many fine classes not every self-supervised method falls well behind supervised training",
    );
  }
  const others = {
    yes: ", as every self-supervised method does on many fine classes",
    no: ", though on many fine classes not every self-supervised method does",
    open: "",
  }[known(7)];
  return known(17) === "yes"
    ? `the finer the task, the farther {it} falls behind supervised training${others}`
    : "a finer task does not set {it} farther behind supervised training";
}

/** What stays open, by its commonest reason. */
function rest(verdicts: readonly Verdict[], known: number): string {
  if (verdicts.includes("needs two seeds")) {
    return "One seed decides nothing: run two or more, with --seeds 2.";
  }
  const open = verdicts.filter((one) => one !== "holds" && one !== "does not hold");
  if (open.length === 0) return "Every claim that was asked is decided.";
  const most = (verdict: Verdict) =>
    open.filter((one) => one === verdict).length * 2 >= open.length;
  const isNothing = known === 0;
  const why = most("undecided")
    ? `more seeds would settle ${isNothing ? "some of the claims" : "more of it"}`
    : most("not measured")
    ? `${isNothing ? "the claims have" : "it has"} not been measured`
    : `this budget is too small to test ${isNothing ? "most of the claims" : "it"}`;
  return `${isNothing ? "Nothing is decided yet" : "The rest is open"}: ${why}.`;
}
