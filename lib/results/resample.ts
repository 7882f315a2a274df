import { randomAt } from "@/lib/base/random.ts";
import type { Cell } from "@/lib/results/cells.ts";

/** How often the bootstrap draws anew. */
export const resamples = 2000;

/** A cell with its accuracy in every resample of the test images. */
export interface ResampledCell extends Cell {
  /** Per seed, the accuracy in each resample. */
  readonly drawn: readonly Float64Array[];
}

/**
 * Draws test images with replacement, the same images for every cell on the same domain, so that a difference of two
 * cells is paired image by image (Efron and Tibshirani 1993).
 *
 * @param options `times`: how many resamples, default {@linkcode resamples}.
 * @throws {Error} If two cells on one domain have unlike numbers of test images.
 */
export function resample(
  cells: readonly Cell[],
  options: { readonly times?: number } = {},
): readonly ResampledCell[] {
  const times = options.times ?? resamples;
  const drawn = new Map(
    cells.map((cell) => [cell, cell.rows.map(() => new Float64Array(times))] as const),
  );
  for (const [role, group] of Map.groupBy(cells, (cell) => cell.subject.on)) {
    const images = group[0]!.correct[0]!.length;
    if (group.some((cell) => cell.correct.some((bytes) => bytes.length !== images))) {
      throw new Error(`The cells on ${role} were not all scored on the same test images`);
    }
    const counts = new Uint16Array(images);
    for (let time = 0; time < times; time++) {
      drawCounts(counts, role, time);
      for (const cell of group) {
        cell.correct.forEach((bytes, seed) => {
          drawn.get(cell)![seed]![time] = dot(counts, bytes) / images;
        });
      }
    }
  }
  return cells.map((cell) => ({ ...cell, drawn: drawn.get(cell)! }));
}

/** How often each image was drawn; the address makes it the same for every cell, and every time. */
export function drawCounts(counts: Uint16Array, role: string, time: number): void {
  const random = randomAt(0, `bootstrap images of ${role}`, time);
  counts.fill(0);
  for (let i = 0; i < counts.length; i++) {
    const image = random.integer(counts.length);
    counts[image] = counts[image]! + 1;
  }
}

function dot(counts: Uint16Array, bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]! * bytes[i]!;
  return sum;
}
