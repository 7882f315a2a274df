import type { Step } from "@/lib/plan/step.ts";

/** By whom steps are worked, and which go first. */
export interface ScheduleOptions {
  /** Expected seconds of each step. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Workers, one step each at a time. */
  readonly jobs: number;
  /** Of the steps that are ready those with a lower number go first; by default all have 0. */
  readonly place?: (key: string) => number;
}

/**
 * The seconds after which all of some steps are done: whenever a worker is free it takes, of the steps whose needs are there, the
 * one that goes first, or else the one with the longest chain after it (list scheduling; Graham 1969). That is never less than
 * the longest chain, nor than the sum over the workers.
 *
 * @param steps Each after all that it needs; what is needed and not among them is there already.
 */
export function scheduledSeconds(steps: readonly Step[], options: ScheduleOptions): number {
  const { seconds, jobs, place = () => 0 } = options;
  const urgency = urgencies(steps, seconds);
  const first = steps.toSorted((a, b) =>
    place(a.key) - place(b.key) || urgency.get(b.key)! - urgency.get(a.key)!
  );
  const rank = new Map(first.map(({ key }, i) => [key, i]));
  const lacks = new Map<string, number>();
  const after = Map.groupBy(
    steps.flatMap(({ key, needs }) => {
      const own = [...new Set(Object.values(needs))].filter((need) => rank.has(need));
      lacks.set(key, own.length);
      return own.map((need) => ({ key, need }));
    }),
    ({ need }) => need,
  );
  // Sorted, what goes first last.
  const ready: number[] = [];
  const makeReady = (key: string): void => {
    const own = rank.get(key)!;
    let low = 0, high = ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ready[middle]! > own) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, own);
  };
  for (const { key } of steps) if (lacks.get(key) === 0) makeReady(key);

  const running = new Map<string, number>();
  let now = 0;
  while (ready.length > 0 || running.size > 0) {
    while (ready.length > 0 && running.size < jobs) {
      const { key } = first[ready.pop()!]!;
      running.set(key, now + (seconds.get(key) ?? 0));
    }
    const [done, end] = [...running].reduce((a, b) => b[1] < a[1] ? b : a);
    running.delete(done);
    now = end;
    for (const { key } of after.get(done) ?? []) {
      const left = lacks.get(key)! - 1;
      lacks.set(key, left);
      if (left === 0) makeReady(key);
    }
  }
  return now;
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
