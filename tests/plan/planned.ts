import { type Condition, expand, experiment, type Role, scaleOf, type Trial } from "@/dsl/mod.ts";
import type { PlanDomain, Step, StepKind, StepOf } from "@/lib/plan/mod.ts";

/** The scale of all plans here. */
export const mini = scaleOf("mini");

/** Four data sets of 6000 training images. */
export const domains: ReadonlyMap<Role, PlanDomain> = new Map(
  (["objects", "species", "scenes", "aerial"] as const).map((name) => [name, {
    id: `the content of ${name}`,
    source: `test ${name}`,
    dataset: "image-folder",
    trainImages: 6000,
    testImages: 1500,
    unlabelledImages: 0,
    classes: 20,
    levels: ["leaf", "branch", "root"],
    dividedLevels: ["leaf", "branch"],
  }]),
);

/** The conditions of an experiment of these trials. */
export function conditions(trials: readonly Trial[], seeds = 1): readonly Condition[] {
  return expand(
    experiment({ id: "test", title: "t", question: "q", reference: "r", trials }),
    mini,
    { seeds },
  );
}

/** The steps of a kind. */
export function stepsOf<K extends StepKind>(
  kind: K,
  steps: readonly Step[],
): readonly StepOf<K>[] {
  return steps.filter((step): step is Step & StepOf<K> => step.kind === kind);
}

/** How many steps there are of each kind. */
export function count(steps: readonly Step[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of steps) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
