import { combine, type Smooth } from "@/lib/results/smooth.ts";

/**
 * A number with choices in it: the `rank`-th largest of several. The best of n is of rank 1, the worst of rank n. So a
 * statement about the best of some becomes one about each of them, which needs no maximum of noisy numbers.
 */
export type Lattice<T> = T | Ranked<T>;

/** The choice. */
export interface Ranked<T> {
  readonly rank: number;
  readonly of: readonly Lattice<T>[];
}

/** Whether there is a choice. */
export function isRanked<T extends object>(one: Lattice<T>): one is Ranked<T> {
  return "rank" in one;
}

/** One minus another, the choices of both left open. */
export function subtract(left: Lattice<Smooth>, right: Lattice<Smooth>): Lattice<Smooth> {
  if (isRanked(left)) {
    return { rank: left.rank, of: left.of.map((one) => subtract(one, right)) };
  }
  if (isRanked(right)) {
    // What takes the largest away leaves the smallest.
    return {
      rank: right.of.length + 1 - right.rank,
      of: right.of.map((one) => subtract(left, one)),
    };
  }
  return combine([[left, 1], [right, -1]]);
}

/** The same choices of other numbers. */
export function mapLattice<T extends object, U extends object>(
  lattice: Lattice<T>,
  map: (one: T) => U,
): Lattice<U> {
  if (!isRanked(lattice)) return map(lattice);
  return { rank: lattice.rank, of: lattice.of.map((one) => mapLattice(one, map)) };
}

/** All numbers of a lattice. */
export function leavesOf<T extends object>(lattice: Lattice<T>): readonly T[] {
  return isRanked(lattice) ? lattice.of.flatMap((one) => leavesOf(one)) : [lattice];
}

/** The number chosen. */
export function chosenValue(lattice: Lattice<{ readonly value: number }>): number {
  if (!isRanked(lattice)) return lattice.value;
  return lattice.of.map(chosenValue).sort((a, b) => b - a)[lattice.rank - 1]!;
}
