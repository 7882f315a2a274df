import type { Resampled } from "@/lib/results/contrast_interval.ts";
import { drawCounts, type ResampledCell } from "@/lib/results/resample.ts";

import type { TestLevel } from "@/lib/results/test_classes.ts";

/** Two sides, and the classes in which they are compared. */
export interface ShareOptions {
  /** Conditions on one role; several are averaged. */
  readonly left: readonly ResampledCell[];
  readonly right: readonly ResampledCell[];
  readonly role: string;
  readonly level: TestLevel;
  readonly seeds: readonly number[];
  /** How many resamples of the test images. */
  readonly times: number;
}

/**
 * The share of the classes with test images in which the left side is more accurate; a tie counts half. The images drawn
 * are those of {@linkcode resample}, so that a share is paired with everything else that is measured on them.
 */
export function measureShare(options: ShareOptions): Resampled {
  const { left, right, role, level, seeds, times } = options;
  const images = level.classOfImage.length;
  const advantages = seeds.map((seed) => {
    const [ours, theirs] = [left, right].map((side) => rightsOf(side, seed, images));
    return ours!.map((value, image) => value - theirs![image]!);
  });
  const mean = advantages[0]!.map((_, image) =>
    advantages.reduce((sum, one) => sum + one[image]!, 0) / seeds.length
  );
  const counts = new Uint16Array(images).fill(1);
  const shareAt = (advantage: Float64Array) => shareOfClasses(advantage, counts, level);
  const value = shareAt(mean);
  const perSeed = advantages.map(shareAt);
  const imageDraws = new Float64Array(times);
  for (let time = 0; time < times; time++) {
    drawCounts(counts, role, time);
    imageDraws[time] = shareAt(mean);
  }
  return { value, imageDraws, perSeed };
}

/** How right the conditions of a side are on each test image at a seed, 0 to 1. */
function rightsOf(cells: readonly ResampledCell[], seed: number, images: number): Float64Array {
  const rights = new Float64Array(images);
  for (const cell of cells) {
    const correct = cell.correct[cell.rows.findIndex((row) => row.seed === seed)]!;
    for (let image = 0; image < images; image++) rights[image]! += correct[image]! / cells.length;
  }
  return rights;
}

function shareOfClasses(
  advantage: Float64Array,
  counts: Uint16Array,
  { classOfImage, names }: TestLevel,
): number {
  const sums = new Float64Array(names.length), drawn = new Uint32Array(names.length);
  for (let image = 0; image < advantage.length; image++) {
    const own = classOfImage[image]!;
    sums[own]! += advantage[image]! * counts[image]!;
    drawn[own]! += counts[image]!;
  }
  let better = 0, present = 0;
  for (let own = 0; own < names.length; own++) {
    if (drawn[own] === 0) continue;
    present++;
    // Sums of sevenths and the like: what is nearly nothing is a tie.
    if (Math.abs(sums[own]!) < 1e-9) better += 0.5;
    else if (sums[own]! > 0) better++;
  }
  return better / present;
}
