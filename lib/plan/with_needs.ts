import type { Step } from "@/lib/plan/step.ts";

/**
 * Some steps of a plan and all that they need, however far back, in its order.
 *
 * @param steps Each after all that it needs.
 */
export function withNeeds(
  steps: readonly Step[],
  isChosen: (step: Step) => boolean,
): readonly Step[] {
  const reached = new Set<string>();
  for (const step of steps.toReversed()) {
    if (!reached.has(step.key) && !isChosen(step)) continue;
    reached.add(step.key);
    Object.values(step.needs).forEach((key) => reached.add(key));
  }
  return steps.filter(({ key }) => reached.has(key));
}
