/** A setting that was tried on held-out labels. */
export interface Tried<Choice> {
  readonly choice: Choice;
  /** The share of the held-out labels that were predicted. */
  readonly accuracy: number;
}

/** The setting with the best accuracy on the held-out labels, the first of equals. */
export function chooseBest<T extends Tried<unknown>>(tried: readonly T[]): T {
  return tried.reduce((best, one) => one.accuracy > best.accuracy ? one : best);
}

/** The share of predictions that are the labels. */
export function accuracyOf(predictions: Uint16Array, labels: Uint16Array): number {
  return predictions.filter((predicted, i) => predicted === labels[i]).length / labels.length;
}
