import { stepsToWork } from "@/lib/cli/expected.ts";
import type { EngineOptions } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type Step, type StepKind, withNeeds } from "@/lib/plan/mod.ts";

/** The part of a plan that a run is about. */
export interface ChosenSteps {
  /** All of it, what is there too; each after what it needs. */
  readonly plan: readonly Step[];
  /** What is to be worked of it. */
  readonly toWork: readonly Step[];
  /** Whether a step may be worked. */
  takes(step: Step): boolean;
}

/** What of a study is to be worked: all, or what `--only` and `--until` leave of it. */
export function chosenSteps(
  study: Pick<Study, "plan" | "status">,
  { only, until }: Pick<EngineOptions, "only" | "until">,
): ChosenSteps {
  const isOf = (kinds: readonly StepKind[] | undefined) => ({ kind }: Step) =>
    kinds === undefined || kinds.includes(kind);
  const plan = until === undefined ? study.plan.steps : withNeeds(study.plan.steps, isOf(until));
  const keys = new Set(plan.map(({ key }) => key)), takes = isOf(only);
  const toWork = stepsToWork(study).filter((step) => keys.has(step.key) && takes(step));
  return { plan, toWork, takes };
}
