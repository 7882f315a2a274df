import { listing } from "@/lib/report/mod.ts";
import { type Estimate, type EstimatedCell, estimateDifference } from "@/lib/results/mod.ts";
import { alone, type Answer, encoderName, encoderNames } from "@/reports/answer_cells.ts";

/** Something that tells images apart, with its accuracy. */
export interface Ranked {
  readonly name: string;
  readonly estimate: Estimate;
  /** How far it is behind the first; of the first nothing. */
  readonly behind?: Estimate;
}

/** A way from images to their classes. */
export interface Way extends Ranked {
  /** Whether it is a linear classifier on what one encoder gives as it is. */
  readonly isPlain: boolean;
}

/**
 * All ways that were tried with all labels, on clean images: classifiers on frozen features, all layers trained, and the pair of
 * encoders that held-out labels chose; the most accurate first.
 */
export function waysOf(
  { results: { cells, noise } }: Pick<Answer, "results">,
  pair: EstimatedCell | undefined,
): readonly Way[] {
  const tried = [...alone(cells), ...pair === undefined ? [] : [pair]]
    .filter(({ subject: { labels, seen } }) => labels === "all" && seen === "clean")
    .toSorted((a, b) => b.estimate.value - a.estimate.value);
  const [first] = tried;
  return tried.map((cell): Way => {
    const behind = cell === first ? undefined : estimateDifference(first!, cell, noise, {
      leftOf: tried.length - 1,
    });
    return {
      name: wayName(cell),
      estimate: cell.estimate,
      isPlain: cell.subject.probe === "linear" && cell !== pair,
      ...behind && { behind },
    };
  });
}

function wayName(cell: EstimatedCell): string {
  const { probe, others } = cell.subject;
  if (others.length > 0) return `${listing(encoderNames(cell))} side by side`;
  switch (probe) {
    case "linear":
      return `a linear classifier on ${encoderName(cell)}`;
    case "knn":
      return `nearest neighbours by ${encoderName(cell)}`;
    case "finetune":
      return `fine-tuning ${encoderName(cell)}`;
    case "scratch":
      return "training a network from scratch";
  }
}
