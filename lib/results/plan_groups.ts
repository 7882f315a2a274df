import { groupSteps, type StepGroup, type StepGroups } from "@/lib/plan/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** Steps of one kind, pretrainings of one method, taken together. */
export interface PlanGroup extends Pick<StepGroup, "kind" | "method"> {
  readonly steps: number;
  /** What they took, summed. */
  readonly seconds: number;
}

/** What of a plan stands in the store: its groups, and which of them read what others made. */
export interface PlanGroups extends Pick<StepGroups, "edges"> {
  /** The shallowest first. */
  readonly groups: readonly PlanGroup[];
}

/**
 * Takes the steps of a plan together by kind, with what they took: see {@linkcode groupSteps}.
 *
 * @param origins By step key, each after all that it needs.
 */
export function planGroups(origins: ReadonlyMap<string, Origin>): PlanGroups {
  const { groups, edges } = groupSteps([...origins.values()].map(({ step }) => step));
  const taken = groups.map(({ kind, method, steps }) => ({
    kind,
    method,
    steps: steps.length,
    seconds: steps.reduce((sum, { key }) => sum + origins.get(key)!.manifest.made.seconds, 0),
  }));
  return { groups: taken, edges };
}
