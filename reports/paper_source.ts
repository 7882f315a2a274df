import type { PaperSource } from "@/lib/results/mod.ts";

const qualities: Readonly<Record<PaperSource, string>> = {
  table: "are printed in its tables, and exact",
  plot:
    "are read off its plots, to a third of a point, or to a point where markers hide each other",
  review: "are quoted by a published review; the paper’s own table was not at hand",
};

/** Where the paper's values come from and how exact they are, in a sentence. */
export function paperSourceSentence(source: PaperSource): string {
  return `The paper’s values ${qualities[source]}.`;
}
