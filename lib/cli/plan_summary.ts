import { forecast, scheduledSeconds, type UnderWay } from "@/lib/plan/mod.ts";
import type { PlannedStep, PlanState, RunningStep, StepState, StoredPlan } from "@/lib/run/mod.ts";

/** How many steps are at what. */
export type Counts = { readonly [S in StepState]: number };

/** What is to be told of some steps of a plan. */
export interface Part {
  readonly steps: number;
  readonly counts: Counts;
  /** What is left of them on one core. */
  readonly secondsLeft: number;
}

/** What is to be told of a plan. */
export interface PlanSummary extends Part {
  readonly experiments: readonly (Part & { readonly id: string; readonly title: string })[];
  /** Processes of the workers that are there. */
  readonly jobs: number;
  /** The time until all is done that can be, by as many processes, or by one where there are none. */
  readonly timeLeft: number;
}

const states: readonly StepState[] = ["done", "running", "failed", "blocked", "ready", "waiting"];

/**
 * Counts a plan by experiment and reckons what is left, by the cost model and what the steps took that are done: see
 * {@linkcode forecast}.
 */
export function summaryOf({ head, steps }: StoredPlan, state: PlanState): PlanSummary {
  const done = new Map(state.running.flatMap((one) => {
    const kept = underWay(one);
    return kept === undefined ? [] : [[one.step.key, kept] as const];
  }));
  const { seconds } = forecast(steps.map(({ step }) => step), {
    model: new Map(steps.map((one) => [one.step.key, one.seconds])),
    past: new Map([...state.made].map(([key, made]) => [key, made.seconds])),
    done,
  });
  const isLeft = ({ step: { key } }: PlannedStep) =>
    !["done", "failed", "blocked"].includes(state.states.get(key)!);
  const partOf = (some: readonly PlannedStep[]): Part => ({
    steps: some.length,
    counts: countsOf(some, state),
    secondsLeft: some.filter(isLeft).reduce((sum, { step }) => sum + seconds.get(step.key)!, 0),
  });
  const jobs = state.workers.reduce((sum, worker) => sum + worker.jobs, 0);
  const places = new Map(steps.map(({ step, place }) => [step.key, place]));
  return {
    ...partOf(steps),
    experiments: head.experiments.map(({ id, title }, number) => ({
      ...{ id, title },
      ...partOf(steps.filter(({ of }) => of.includes(number))),
    })),
    jobs,
    timeLeft: scheduledSeconds(steps.filter(isLeft).map(({ step }) => step), {
      seconds,
      jobs: Math.max(1, jobs),
      place: (key) => state.states.get(key) === "running" ? -Infinity : places.get(key)!,
    }),
  };
}

/** How far a step is that somebody works, as far as it is known. */
function underWay({ done, total, since, taken }: RunningStep): UnderWay | undefined {
  if (done === undefined || !total) return undefined;
  const seconds = since === undefined ? 0 : (Date.now() - Date.parse(since)) / 1000;
  return { share: Math.min(done / total, 1), seconds: taken ?? Math.max(0, seconds) };
}

function countsOf(some: readonly PlannedStep[], state: PlanState): Counts {
  const counts = Object.fromEntries(states.map((name) => [name, 0])) as Record<StepState, number>;
  for (const { step } of some) counts[state.states.get(step.key)!]++;
  return counts;
}
