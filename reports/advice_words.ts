import { percent } from "@/lib/report/mod.ts";
import type { Estimate } from "@/lib/results/mod.ts";

/** Which of two is ahead, where that can be told. */
export type Direction = "more" | "less" | "open";

/** Whether an interval lies on one side of nothing. */
export function directionOf({ interval: { low, high }, seeds }: Estimate): Direction {
  // One seed's interval does not know how much another seed would change.
  if (seeds < 2) return "open";
  return low > 0 ? "more" : high < 0 ? "less" : "open";
}

/** "3.1 points (0.4 to 5.8)". */
export function size({ value, interval }: Estimate): string {
  return `${percent(value)} points (${ends(interval)})`;
}

/** "(3.1 points, 0.4 to 5.8)". */
export function bracketed({ value, interval }: Estimate): string {
  return `(${percent(value)} points, ${ends(interval)})`;
}

/** No two accuracies differ by more than all. */
export function ends({ low, high }: Estimate["interval"]): string {
  return `${percent(Math.max(-1, low))} to ${percent(Math.min(1, high))}`;
}

/** The same difference, the other way round. */
export function negative({ value, interval: { low, high }, seeds }: Estimate): Estimate {
  return { value: -value, interval: { low: -high, high: -low }, seeds };
}

/** "81.2 %, 78.0 to 84.1". */
export function accuracy({ value, interval: { low, high } }: Estimate): string {
  return `${percent(value)} %, ${percent(low)} to ${percent(high)}`;
}

/** A sentence with a capital at its beginning. */
export function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
