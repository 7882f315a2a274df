import type { Study } from "@/lib/cli/study.ts";
import { duration } from "@/lib/base/duration.ts";

/** How long the steps that are not in the store may take, in seconds, and the words for it. */
export interface ExpectedTime {
  readonly seconds: number;
  /** "about 25 min 3 s with 2 worker processes (by the cost model)". */
  readonly text: string;
}

/** @param jobs Worker processes; the longest chain of steps is taken to be no hindrance. */
export function expectedTime({ plan, status, expected }: Study, jobs: number): ExpectedTime {
  const sum = plan.steps
    .filter(({ key }) => status.get(key)!.freshness !== "cached")
    .reduce((total, { key }) => total + expected.seconds.get(key)!, 0);
  const seconds = sum / jobs;
  const { experience } = expected;
  const basis = experience === 0
    ? "by the cost model"
    : `by the cost model and what ${experience} of these steps took before`;
  return {
    seconds,
    text: `about ${duration(seconds)} with ${jobs} worker processes (${basis})`,
  };
}
