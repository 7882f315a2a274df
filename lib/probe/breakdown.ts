/** What the predictions are judged by. */
export interface Judging {
  /** The true leaf of each test image. */
  readonly labels: Uint16Array;
  /** The group of each leaf: its class at a coarser level (a taxon), or itself. */
  readonly groupOfLeaf: Uint16Array | readonly number[];
  /** Number of groups. */
  readonly groups: number;
}

/** How predictions fare on the images of one group. */
export interface GroupAccuracy {
  /** Test images whose true leaf is in the group. */
  readonly images: number;
  /** Those whose very leaf was predicted. */
  readonly rightLeaf: number;
  /** Those whose group was predicted, by whichever leaf of it. */
  readonly rightGroup: number;
}

/** How two sets of predictions differ on the images of one group. */
export interface GroupDifference {
  readonly images: number;
  /** Images whose leaf only the first predicted. */
  readonly onlyFirst: number;
  /** Images whose leaf only the second predicted. */
  readonly onlySecond: number;
  readonly both: number;
}

/** How many groups the first predictions are better in, and how many worse. */
export interface Balance {
  readonly better: number;
  readonly worse: number;
  readonly equal: number;
}

/**
 * Counts right predictions by the group of the true leaf: per class, where every leaf is its own group, or per taxon
 * (paper, the breakdown of iNat21 by taxonomic class). A group without test images has counts of 0.
 *
 * @param predictions The predicted leaf of each test image.
 * @returns One entry a group, `[groups]`. `rightLeaf / images` is the accuracy at the finest level within the group.
 * @throws {RangeError} If the counts differ, or a leaf has no group.
 */
export function groupAccuracies(
  predictions: Uint16Array,
  judging: Judging,
): readonly GroupAccuracy[] {
  const groupOf = grouping(judging, predictions);
  const counts = Array.from(
    { length: judging.groups },
    () => ({ images: 0, rightLeaf: 0, rightGroup: 0 }),
  );
  predictions.forEach((predicted, i) => {
    const label = judging.labels[i]!;
    const group = groupOf(label), count = counts[group]!;
    count.images++;
    if (predicted === label) count.rightLeaf++;
    if (groupOf(predicted) === group) count.rightGroup++;
  });
  return counts;
}

/**
 * Counts, group by group, where two encoders' predictions of the same test images differ in being right.
 *
 * The difference of the accuracies in a group is `(onlyFirst - onlySecond) / images`; the two counts are what a paired test
 * of it needs.
 *
 * @param first The predicted leaf of each test image under one encoder.
 * @param judging `second`: under the other.
 * @returns One entry a group, `[groups]`.
 * @throws {RangeError} If the counts differ, or a leaf has no group.
 */
export function groupDifferences(
  first: Uint16Array,
  judging: Judging & { readonly second: Uint16Array },
): readonly GroupDifference[] {
  const { labels, second, groups } = judging;
  const groupOf = grouping(judging, first, second);
  const counts = Array.from(
    { length: groups },
    () => ({ images: 0, onlyFirst: 0, onlySecond: 0, both: 0 }),
  );
  labels.forEach((label, i) => {
    const count = counts[groupOf(label)]!;
    const firstRight = first[i] === label, secondRight = second[i] === label;
    count.images++;
    if (firstRight && secondRight) count.both++;
    else if (firstRight) count.onlyFirst++;
    else if (secondRight) count.onlySecond++;
  });
  return counts;
}

/** How the groups fall out that have test images (the paper's split of classes into positive and negative). */
export function balanceOf(differences: readonly GroupDifference[]): Balance {
  const signs = differences.filter(({ images }) => images > 0)
    .map(({ onlyFirst, onlySecond }) => Math.sign(onlyFirst - onlySecond));
  const count = (sign: number) => signs.filter((one) => one === sign).length;
  return { better: count(1), worse: count(-1), equal: count(0) };
}

/** The group of a leaf, after a look at whether all counts agree. */
function grouping(judging: Judging, ...predictions: readonly Uint16Array[]) {
  const { labels, groupOfLeaf, groups } = judging;
  for (const { length } of predictions) {
    if (length !== labels.length) {
      throw new RangeError(`Cannot break ${length} predictions down by ${labels.length} labels`);
    }
  }
  return (leaf: number): number => {
    const group = groupOfLeaf[leaf];
    if (group === undefined || group >= groups) {
      throw new RangeError(
        `Cannot break down leaf ${leaf}: its group is ${group}, and there are ${groups} groups`,
      );
    }
    return group;
  };
}
