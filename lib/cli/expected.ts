import { experimentOrder } from "@/lib/cli/experiment_steps.ts";
import type { Study } from "@/lib/cli/study.ts";
import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import { scheduledSeconds, type Step } from "@/lib/plan/mod.ts";

/** What an estimate is made of. */
type Estimated = Pick<Study, "plan" | "status" | "expected">;

/** How long the steps that are not in the store may take, in seconds, and the words for it. */
export interface ExpectedTime {
  readonly seconds: number;
  /** "about 25 min 3 s with 2 worker processes (by the cost model)". */
  readonly text: string;
}

/** The steps that are to be worked, each after all that it needs. */
export function stepsToWork({ plan, status }: Pick<Study, "plan" | "status">): readonly Step[] {
  return plan.steps.filter(({ key }) => status.get(key)!.freshness !== "cached");
}

/** In which place each step to work goes: see {@linkcode experimentOrder}. */
export function workOrder(study: Estimated): ReadonlyMap<string, number> {
  const { plan, expected } = study;
  const left = stepsToWork(study).map(({ key }) => [key, expected.seconds.get(key)!] as const);
  return experimentOrder(plan, new Map(left));
}

/** @param jobs Worker processes, which take the steps in the order in which a run does. */
export function expectedTime(study: Estimated, jobs: number): ExpectedTime {
  const { seconds: each, experience } = study.expected;
  const order = workOrder(study);
  const seconds = scheduledSeconds(stepsToWork(study), {
    ...{ seconds: each, jobs },
    place: (key) => order.get(key) ?? 0,
  });
  const basis = experience === 0
    ? "by the cost model"
    : `by the cost model and what ${experience} of these steps took before`;
  return {
    seconds,
    text: `about ${duration(seconds)} with ${plural(jobs, "worker process")} (${basis})`,
  };
}
