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
      "{it} needs many images, with diminishing returns: small sets fall behind, and the last doubling adds little",
    "yes no": "{it} keeps improving with more images, up to the largest set tried here",
    "yes open": "{it} does worse with few images",
    "no yes": "the number of images {it} sees hardly matters here",
    "no no": "{it} does no worse with few images, yet the last doubling still helps",
    "no open": "{it} does no worse with few images here",
    "open yes": "the last doubling of the images adds little to {it}",
    "open no": "the last doubling of the images still improves {it}",
  };
  return joined(
    images[`${known(2)} ${known(1)}`],
    known(3) === "yes" &&
      `with few labels {it} is a better starting point than random weights${
        known(4) === "yes" ? ", an advantage that disappears with many labels" : ""
      }`,
    known(3) === "no" &&
      "even with few labels {it} is no better a starting point than random weights",
    known(6) === "yes" &&
      "a linear classifier on the features {it} learns stays well below full supervision",
  );
}

function domain(known: Lookup): string | null {
  const pool = {
    yes: {
      yes: ", and the same number of images from a mixed pool is no substitute",
      no: ", though the same number of images from a mixed pool does no worse",
      open: "",
    },
    no: {
      yes: ", though the same number of images from a mixed pool does worse",
      no: ", and the same number of images from a mixed pool does no worse",
      open: "",
    },
    open: {
      yes: "the same number of images from a mixed pool does worse than the task’s own domain",
      no: "the same number of images from a mixed pool does no worse than the task’s own domain",
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
    known(13) === "yes" && "the features of a second encoder add little to those of the first",
    known(13) === "no" && "the features of a second encoder do add to those of the first",
  );
}

function quality(known: Lookup): string | null {
  if (known(15) === "open") {
    return joined(
      known(16) === "yes" && "losing resolution costs {it} more than noise does",
      known(16) === "no" && "losing resolution costs {it} no more than noise does",
    );
  }
  const more = known(15) === "yes" ? "more" : "no more";
  const most = { yes: ", loss of resolution most of all", no: "", open: "" }[known(16)];
  return `corrupted images cost {it} ${more} than they cost supervised training${most}`;
}

function granularity(known: Lookup): string | null {
  if (known(17) === "open") {
    return joined(
      known(7) === "yes" &&
        "with many fine-grained classes every self-supervised method falls well behind supervised training",
      known(7) === "no" &&
        "with many fine-grained classes not every self-supervised method falls well behind supervised training",
    );
  }
  const others = {
    yes: "; with many fine-grained classes, every self-supervised method falls well behind",
    no: "; with many fine-grained classes, not every self-supervised method falls well behind",
    open: "",
  }[known(7)];
  return known(17) === "yes"
    ? `the finer the task, the further {it} falls behind supervised training${others}`
    : "a finer task does not put {it} further behind supervised training";
}

/** What stays open, by its commonest reason. */
function rest(verdicts: readonly Verdict[], known: number): string {
  if (verdicts.includes("needs two seeds")) {
    return "One seed decides nothing: run two or more, with --seeds 2.";
  }
  const open = verdicts.filter((one) => one !== "holds" && one !== "does not hold");
  if (open.length === 0) return "Every claim in this report is decided.";
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
