import { type FrontierOptions, makeFrontier } from "@/lib/plan/frontier.ts";
import type { Step } from "@/lib/plan/step.ts";

/** By whom steps are worked, and which go first. */
export interface ScheduleOptions extends FrontierOptions {
  /** Workers, one step each at a time. */
  readonly jobs: number;
}

/**
 * The seconds after which all of some steps are done: whenever a worker is free it takes, of the steps whose needs are there, the
 * one that goes first ({@linkcode makeFrontier}). That is never less than the longest chain, nor than the sum over the workers.
 *
 * @param steps Each after all that it needs; what is needed and not among them is there already.
 */
export function scheduledSeconds(steps: readonly Step[], options: ScheduleOptions): number {
  const { seconds, jobs } = options;
  const frontier = makeFrontier(steps, options);
  const running = new Map<Step, number>();
  let now = 0;
  for (;;) {
    for (let step; running.size < jobs && (step = frontier.take());) {
      running.set(step, now + (seconds.get(step.key) ?? 0));
    }
    if (running.size === 0) return now;
    const [done, end] = [...running].reduce((a, b) => b[1] < a[1] ? b : a);
    running.delete(done);
    now = end;
    frontier.finish(done);
  }
}
