/** How predictions fare at one level of a label tree. */
export interface LevelAccuracy {
  readonly accuracy: number;
  /** 1 where the prediction's class at this level is the label's, else 0; one an image. */
  readonly correct: Uint8Array;
}

/**
 * The accuracy at a coarser level of predictions made at the finest one: both are mapped up the tree, nothing is trained
 * again (paper, Fig 5).
 *
 * @param predictions The predicted leaf of each image.
 * @param options `labels`: the true leaf of each; `classOfLeaf`: the class of each leaf at the level asked for.
 * @throws {RangeError} If there is no image, the counts differ, or the tree lacks a leaf.
 */
export function levelAccuracy(
  predictions: Uint16Array,
  options: {
    readonly labels: Uint16Array;
    readonly classOfLeaf: Uint16Array | readonly number[];
  },
): LevelAccuracy {
  const { labels, classOfLeaf } = options;
  if (predictions.length === 0 || predictions.length !== labels.length) {
    throw new RangeError(
      `Cannot score ${predictions.length} predictions against ${labels.length} labels`,
    );
  }
  const classOf = (leaf: number): number => {
    const found = classOfLeaf[leaf];
    if (found === undefined) {
      throw new RangeError(`Cannot roll up leaf ${leaf}: the tree has ${classOfLeaf.length}`);
    }
    return found;
  };
  const correct = Uint8Array.from(
    predictions,
    (leaf, i) => Number(classOf(leaf) === classOf(labels[i]!)),
  );
  return { accuracy: correct.reduce((sum, one) => sum + one, 0) / correct.length, correct };
}
