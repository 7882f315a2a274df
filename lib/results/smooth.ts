import { meanOf } from "@/lib/results/interval.ts";
import { type Source, valueAt } from "@/lib/results/source.ts";

/** A number that moves smoothly with some accuracies: its value, and its slope in each of them. */
export interface Smooth {
  readonly value: number;
  readonly slopes: ReadonlyMap<Source, number>;
}

/** The mean of some sources. */
export function meanSource(sources: readonly Source[], seeds: readonly number[]): Smooth {
  return {
    value: meanOf(sources.map((source) => valueAt(source, seeds))),
    slopes: new Map(sources.map((source) => [source, 1 / sources.length])),
  };
}

/** A sum of numbers, each so many times. */
export function combine(parts: readonly (readonly [Smooth, number])[]): Smooth {
  const slopes = new Map<Source, number>();
  for (const [{ slopes: own }, times] of parts) {
    for (const [source, slope] of own) {
      slopes.set(source, (slopes.get(source) ?? 0) + times * slope);
    }
  }
  return { value: parts.reduce((sum, [{ value }, times]) => sum + times * value, 0), slopes };
}

/** log(p / (1 - p)); an accuracy of 0 or 1 counts as one that is half an image away from it. */
export function logitOf(p: Smooth, images: number): Smooth {
  const end = 0.5 / images, value = Math.min(1 - end, Math.max(end, p.value));
  return { ...combine([[p, 1 / (value * (1 - value))]]), value: Math.log(value / (1 - value)) };
}

/** One number over another; `undefined` where that is 0. */
export function ratioOf(of: Smooth, to: Smooth): Smooth | undefined {
  if (to.value === 0) return undefined;
  const value = of.value / to.value;
  return { ...combine([[of, 1 / to.value], [to, -value / to.value]]), value };
}
