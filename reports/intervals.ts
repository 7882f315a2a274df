import { plural } from "@/lib/report/mod.ts";
import type { EstimatedCell, StudyResults } from "@/lib/results/mod.ts";

/** What the intervals cover, in a sentence or two that say their limits. */
export function coverage(seeds: number): string {
  if (seeds === 0) return "Nothing has been measured yet.";
  if (seeds === 1) {
    return "The intervals come from one seed and cover the choice of test images only; another seed would start from other weights, draw other images and could give other numbers.";
  }
  const covered = `The intervals cover the choice of test images and of ${plural(seeds, "seed")}`;
  return seeds < 10
    ? `${covered}; with so few, the spread between seeds is known only roughly.`
    : `${covered}.`;
}

/** That some have fewer seeds than others, if any have. */
export function partial(
  cells: readonly EstimatedCell[],
  { seeds }: Pick<StudyResults, "seeds">,
): string {
  return cells.some((cell) => cell.rows.length < seeds)
    ? "Conditions that no open claim needs have fewer seeds; the rows of each number say how many."
    : "";
}
