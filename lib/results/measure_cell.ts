import type { Resampled } from "@/lib/results/contrast_interval.ts";
import { meanOf } from "@/lib/results/interval.ts";
import type { ResampledCell } from "@/lib/results/resample.ts";

/** The accuracy of a condition at some of its seeds. */
export function measureCell(cell: ResampledCell, seeds: readonly number[]): Resampled {
  const kept = seeds.map((seed) => cell.rows.findIndex((row) => row.seed === seed));
  const perSeed = kept.map((i) => cell.rows[i]!.value);
  return {
    value: meanOf(perSeed),
    imageDraws: meanArray(kept.map((i) => cell.drawn[i]!)),
    perSeed,
  };
}

/** The mean of arrays, element by element. */
export function meanArray(arrays: readonly Float64Array[]): Float64Array {
  const [first, ...others] = arrays;
  if (others.length === 0) return first!;
  return first!.map((value, i) =>
    others.reduce((sum, other) => sum + other[i]!, value) / arrays.length
  );
}
