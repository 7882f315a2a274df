/**
 * Corrects p-values for how many there are (Holm 1979): whatever number of the claims is false, the chance of calling any
 * of those true at a corrected p below 0.05 stays below 0.05.
 *
 * @returns In the order given; none above 1.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const corrected = new Array<number>(pValues.length);
  let highest = 0;
  order.forEach((at, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[at]!));
    corrected[at] = highest;
  });
  return corrected;
}
