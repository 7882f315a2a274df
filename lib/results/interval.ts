/** A 95 % interval, from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
