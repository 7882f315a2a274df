import { distance } from "fastest-levenshtein";

/**
 * A hint for a remedy where a word is nearly one of those that are known: `Did you mean "objects"? `, or nothing.
 *
 * Upper and lower case count as equal; one letter in three may differ.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const from = word.toLowerCase();
  const [nearest] = known
    .map((one) => ({ one, away: distance(from, one.toLowerCase()) }))
    .filter(({ one, away }) => 3 * away <= Math.max(from.length, one.length))
    .sort((a, b) => a.away - b.away);
  return nearest === undefined ? "" : `Did you mean "${nearest.one}"? `;
}
