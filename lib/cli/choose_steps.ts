import { stepsToWork } from "@/lib/cli/expected.ts";
import type { EngineOptions } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type Step, type StepKind, withNeeds } from "@/lib/plan/mod.ts";
import type { StepStatus } from "@/lib/store/mod.ts";

/** The part of a plan that a run is about. */
export interface ChosenSteps {
  /** All of it, what is there too; each after what it needs. */
  readonly plan: readonly Step[];
  /** What is to be worked of it. */
  readonly toWork: readonly Step[];
  /** The study as if nothing else were to be worked: for what that costs. */
  readonly study: Study;
  /** Whether a step may be worked. */
  takes(step: Step): boolean;
}

/** What of a study is to be worked: all, or what `--only` and `--until` leave of it. */
export function chosenSteps(
  study: Study,
  { only, until }: Pick<EngineOptions, "only" | "until">,
): ChosenSteps {
  const isOf = (kinds: readonly StepKind[] | undefined) => ({ kind }: Step) =>
    kinds === undefined || kinds.includes(kind);
  const plan = until === undefined ? study.plan.steps : withNeeds(study.plan.steps, isOf(until));
  const keys = new Set(plan.map(({ key }) => key)), takes = isOf(only);
  const toWork = stepsToWork(study).filter((step) => keys.has(step.key) && takes(step));
  const left = new Set(toWork.map(({ key }) => key));
  const status = [...study.status].map(([key, one]): [string, StepStatus] => [
    key,
    left.has(key) ? one : { ...one, freshness: "cached" },
  ]);
  return { plan, toWork, takes, study: { ...study, status: new Map(status) } };
}
