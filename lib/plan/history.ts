import type { StepKind } from "@/lib/plan/kinds/mod.ts";
import type { Step } from "@/lib/plan/step.ts";

/** The expected seconds of what is left of each step on one core, and on how much experience they rest. */
export interface Forecast {
  readonly seconds: ReadonlyMap<string, number>;
  /** How many steps of the past they were corrected by; at 0 they are the model's alone. */
  readonly experience: number;
}

/** How far a step is whose work was stopped, or goes on now. */
export interface UnderWay {
  /** The share that is kept, from 0 to 1. */
  readonly share: number;
  /** What that share took, over all its legs. */
  readonly seconds: number;
}

// Expected seconds that must have been worked, of a kind or of a step, before what they took counts as much as what was expected.
const trust = 10;

/**
 * Corrects a cost model by what steps of the same plan took before, and takes off what is done already.
 *
 * A step that was worked before, and has to be again, is expected to take what it took. Any other takes what the model
 * says times the factor by which the model erred for its kind: (taken + 10 s) / (expected + 10 s), both summed over the
 * kind's past steps, so that a handful of short ones moves it little. What is done of a step corrects the rest of it likewise.
 *
 * @param model Expected seconds by key, as {@linkcode expectedSeconds} gives.
 * @param past Seconds by key that steps took on a machine like this one, all their legs together.
 * @param done What a checkpoint keeps of a step; of others nothing is kept.
 */
export function forecast(
  steps: readonly Step[],
  { model, past, done = new Map() }: {
    readonly model: ReadonlyMap<string, number>;
    readonly past: ReadonlyMap<string, number>;
    readonly done?: ReadonlyMap<string, UnderWay>;
  },
): Forecast {
  const known = steps.filter(({ key }) => past.has(key));
  const factors = new Map<StepKind, number>();
  for (const [kind, some] of Map.groupBy(known, (step) => step.kind)) {
    const sum = (of: ReadonlyMap<string, number>) =>
      some.reduce((total, { key }) => total + of.get(key)!, trust);
    factors.set(kind, sum(past) / sum(model));
  }
  const seconds = steps.map(({ key, kind }): [string, number] => {
    const whole = past.get(key) ?? model.get(key)! * (factors.get(kind) ?? 1);
    return [key, restOf(whole, done.get(key))];
  });
  return { seconds: new Map(seconds), experience: known.length };
}

/** Expected seconds of what is left of a step that was expected to take so many in whole. */
function restOf(whole: number, done: UnderWay | undefined): number {
  if (done === undefined) return whole;
  const pace = (done.seconds + trust) / (done.share * whole + trust);
  return (1 - done.share) * whole * pace;
}
