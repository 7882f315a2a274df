import { listing, plural } from "@/lib/report/mod.ts";
import type { EstimatedCell, StudyResults } from "@/lib/results/mod.ts";

/** What the intervals cover, in a sentence or two that say their limits. */
export function coverage(seeds: number): string {
  if (seeds === 0) return "Nothing has been measured yet.";
  if (seeds === 1) {
    return "The intervals come from one seed and cover the choice of test images only; another seed would draw other weights and other images and could give other numbers.";
  }
  const covered = `The intervals cover the choice of test images and of ${plural(seeds, "seed")}`;
  return seeds < 10
    ? `${covered}; so few seeds tell the spread between seeds only roughly.`
    : `${covered}.`;
}

/** Who has fewer seeds than the rest, if anyone has. */
export function partial(
  cells: readonly EstimatedCell[],
  { seeds }: Pick<StudyResults, "seeds">,
): string {
  const few = cells.filter((cell) => cell.rows.length < seeds)
    .map((cell) => `${cell.subject.condition} (${plural(cell.rows.length, "seed")})`);
  return few.length === 0 ? "" : `Fewer seeds than the rest: ${listing(few)}.`;
}
