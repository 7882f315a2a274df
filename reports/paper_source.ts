import type { PaperSource } from "@/lib/results/mod.ts";

const qualities: Readonly<Record<PaperSource, string>> = {
  table: "come from its tables and are exact",
  plot: "are read off its plots, to within a third of a point, or a point where markers overlap",
  review: "are quoted from a published review; the paper’s own table was not available",
};

/** Where the paper's values come from and how exact they are, in a sentence. */
export function paperSourceSentence(source: PaperSource): string {
  return `The paper’s values ${qualities[source]}.`;
}
