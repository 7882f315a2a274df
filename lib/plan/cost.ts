import { aroundOf } from "@/lib/plan/around.ts";
import type { Around, Sizes } from "@/lib/plan/kind.ts";
import { kinds, type StepKind } from "@/lib/plan/kinds/mod.ts";
import { needsOf, type Step, type StepOf } from "@/lib/plan/step.ts";

/**
 * The expected seconds of each step on one core, by experience at the scale `mini`: a model, not a measurement; good for
 * shares and for the time left.
 *
 * @param steps In the order of the plan.
 * @param sizes The counts of a data set by its identity.
 */
export function expectedSeconds(
  steps: readonly Step[],
  sizes: ReadonlyMap<string, Sizes>,
): ReadonlyMap<string, number> {
  const around = aroundOf(steps, sizes);
  return new Map(steps.map((step) => [step.key, secondsOf(step, around)]));
}

function secondsOf<K extends StepKind>(step: StepOf<K>, around: Around): number {
  return kinds[step.kind].seconds({ spec: step.spec, needs: needsOf(step) }, around);
}
