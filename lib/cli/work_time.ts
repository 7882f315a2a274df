import { goesOn, type PlannedStep, type RunEvent } from "@/lib/run/mod.ts";

/** The time that a worker has. */
export interface WorkTime {
  /** The whole of it, in seconds. */
  readonly seconds: number;
  /** Aborts when what is under way is to be stopped, so that it is kept before the end. */
  readonly ending: AbortSignal;
  /** Aborts at its end. */
  readonly end: AbortSignal;
  /** Whether a step can be expected to be done in time, or is one that others go on with. */
  fits(planned: PlannedStep): boolean;
  /** Takes note of how long steps take here. */
  onEvent(event: RunEvent, expected: ReadonlyMap<string, number>): void;
  close(): void;
}

// What is kept of the time for checkpoints: this share of it, and no more than so many seconds.
const keptShare = 0.1, mostKept = 60;

// Expected seconds that must have been worked before what they took counts as much as what was expected.
const trust = 10;

/**
 * The time of a worker from now on.
 *
 * @param minutes Without it, it never ends.
 * @param now Milliseconds that only grow.
 */
export function makeWorkTime(
  minutes: number | undefined,
  now: () => number = () => performance.now(),
): WorkTime {
  const seconds = minutes === undefined ? Infinity : 60 * minutes;
  const kept = Math.min(mostKept, keptShare * seconds), began = now();
  const ending = new AbortController(), end = new AbortController();
  const after = (wait: number, abort: AbortController) =>
    // For longer no timer can be set.
    setTimeout(() => abort.abort(), Math.min(1000 * wait, 2 ** 31 - 1));
  const timers = seconds === Infinity ? [] : [after(seconds - kept, ending), after(seconds, end)];
  const sum = { expected: trust, taken: trust };
  return {
    seconds,
    ending: ending.signal,
    end: end.signal,
    fits({ step, seconds: expected }) {
      const left = seconds - kept - (now() - began) / 1000;
      const pace = Math.max(1, sum.taken / sum.expected);
      return left > 0 && (goesOn(step) || pace * expected <= left);
    },
    onEvent(event, expected) {
      if (event.type !== "done") return;
      sum.expected += expected.get(event.step.key) ?? 0;
      sum.taken += event.seconds;
    },
    close: () => timers.forEach(clearTimeout),
  };
}
