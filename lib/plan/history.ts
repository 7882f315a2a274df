import type { StepKind } from "@/lib/plan/kinds/mod.ts";
import type { Step } from "@/lib/plan/step.ts";

/** The expected seconds of each step on one core, and on how much experience they rest. */
export interface Forecast {
  readonly seconds: ReadonlyMap<string, number>;
  /** How many steps of the past they were corrected by; at 0 they are the model's alone. */
  readonly experience: number;
}

// Expected seconds of a kind that must have been worked before its history counts as much as the model.
const trust = 10;

/**
 * Corrects a cost model by what steps of the same plan took before.
 *
 * A step that was worked before, and has to be again, is expected to take what it took. Any other takes what the model
 * says times the factor by which the model erred for its kind: (taken + 10 s) / (expected + 10 s), both summed over the
 * kind's past steps, so that a handful of short ones moves it little.
 *
 * @param model Expected seconds by key, as {@linkcode expectedSeconds} gives.
 * @param past Seconds by key that steps took on a machine like this one.
 */
export function forecast(
  steps: readonly Step[],
  { model, past }: {
    readonly model: ReadonlyMap<string, number>;
    readonly past: ReadonlyMap<string, number>;
  },
): Forecast {
  const known = steps.filter(({ key }) => past.has(key));
  const factors = new Map<StepKind, number>();
  for (const [kind, some] of Map.groupBy(known, (step) => step.kind)) {
    const sum = (of: ReadonlyMap<string, number>) =>
      some.reduce((total, { key }) => total + of.get(key)!, trust);
    factors.set(kind, sum(past) / sum(model));
  }
  const seconds = steps.map(({ key, kind }): [string, number] => [
    key,
    past.get(key) ?? model.get(key)! * (factors.get(kind) ?? 1),
  ]);
  return { seconds: new Map(seconds), experience: known.length };
}
