import type { DataSet, LabelledSplit } from "@/lib/data/data_set.ts";
import { classesAt, type Hierarchy } from "@/lib/data/hierarchy.ts";

/** How a split's images are spread over the classes of the finest level. */
export interface SplitCounts {
  readonly images: number;
  /** Images of the smallest class, the class in the middle and the largest; a class without any counts as 0. */
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** How many classes have a single image. */
  readonly single: number;
  /** The classes without an image, each named apart from all others. */
  readonly without: readonly string[];
}

/** A level of a label tree and how many classes it has. */
export interface LevelCount {
  readonly level: string;
  readonly classes: number;
}

/** Counts a split's images by class. */
export function countSplit(dataSet: DataSet, split: LabelledSplit): SplitCounts {
  const { leaves } = dataSet.hierarchy;
  const counts = new Uint32Array(leaves.length);
  for (const leaf of dataSet[split].leaves) counts[leaf]!++;
  const sorted = counts.toSorted();
  const half = (sorted.length - 1) / 2;
  return {
    images: dataSet[split].length,
    least: sorted[0]!,
    median: (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2,
    most: sorted.at(-1)!,
    single: counts.filter((count) => count === 1).length,
    without: leaves.length === 0
      ? []
      : classesAt(dataSet.hierarchy, "finest").names.filter((_, i) => counts[i] === 0),
  };
}

/** The levels of a label tree, coarsest first. */
export function countLevels(hierarchy: Hierarchy): readonly LevelCount[] {
  return hierarchy.levels.toReversed().map((level) => ({
    level,
    classes: classesAt(hierarchy, level).names.length,
  }));
}
