import type { Step } from "@/lib/plan/step.ts";

/** Which steps go first. */
export interface FrontierOptions {
  /** Expected seconds of each step. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Of the steps that are ready those with a lower number go first; by default all have 0. */
  readonly place?: (key: string) => number;
}

/** Steps that are to be worked, in the order in which they may be taken. */
export interface Frontier {
  /** Those that were not taken and not lost. */
  readonly waiting: ReadonlySet<Step>;
  /** Takes the first of those whose needs are there; nothing where there is none. */
  take(): Step | undefined;
  /** Gives back one that was taken. */
  putBack(step: Step): void;
  /** Says that one that was taken is there: what lacked nothing else is ready. */
  finish(step: Step): void;
  /** Takes out what needs a step, near or far, and waits: each with the step that it lacks. */
  lose(step: Step): readonly (readonly [Step, Step])[];
}

/**
 * A frontier of steps: of those that are ready goes first the one with the lowest place, or else the one with the longest chain
 * after it (list scheduling; Graham 1969).
 *
 * @param steps Each after all that it needs; what is needed and not among them is there already.
 */
export function makeFrontier(
  steps: readonly Step[],
  { seconds, place = () => 0 }: FrontierOptions,
): Frontier {
  const urgency = urgencies(steps, seconds);
  const first = steps.toSorted((a, b) =>
    place(a.key) - place(b.key) || urgency.get(b.key)! - urgency.get(a.key)!
  );
  const rank = new Map(first.map(({ key }, i) => [key, i]));
  const waiting = new Set(steps);
  const lacks = new Map<string, number>();
  const after = new Map<string, Step[]>();
  for (const step of steps) {
    const own = [...new Set(Object.values(step.needs))].filter((need) => rank.has(need));
    lacks.set(step.key, own.length);
    for (const need of own) {
      const some = after.get(need) ?? [];
      after.set(need, some);
      some.push(step);
    }
  }
  // Ranks in order, what goes first last.
  const ready: number[] = first.flatMap(({ key }, i) => lacks.get(key) === 0 ? [i] : []).reverse();
  const makeReady = ({ key }: Step): void => {
    const own = rank.get(key)!;
    let low = 0, high = ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ready[middle]! > own) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, own);
  };
  const lose: Frontier["lose"] = (of) => {
    const near = (after.get(of.key) ?? []).filter((step) => waiting.delete(step));
    return near.flatMap((step) => [[step, of] as const, ...lose(step)]);
  };
  return {
    waiting,
    take() {
      const next = ready.pop();
      if (next === undefined) return undefined;
      waiting.delete(first[next]!);
      return first[next];
    },
    putBack(step) {
      waiting.add(step);
      makeReady(step);
    },
    finish({ key }) {
      for (const step of after.get(key) ?? []) {
        const left = lacks.get(step.key)! - 1;
        lacks.set(step.key, left);
        if (left === 0 && waiting.has(step)) makeReady(step);
      }
    },
    lose,
  };
}

/**
 * Expected seconds from the start of each step to the end of the longest chain after it.
 *
 * @param steps Each after all that it needs.
 */
export function urgencies(
  steps: readonly Step[],
  seconds: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const after = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const urgency = (after.get(step.key) ?? 0) + (seconds.get(step.key) ?? 0);
    after.set(step.key, urgency);
    for (const key of Object.values(step.needs)) {
      after.set(key, Math.max(after.get(key) ?? 0, urgency));
    }
  }
  return after;
}
