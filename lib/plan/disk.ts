import { aroundOf } from "@/lib/plan/around.ts";
import type { Around, Sizes } from "@/lib/plan/kind.ts";
import { kinds, type StepKind } from "@/lib/plan/kinds/mod.ts";
import { needsOf, type Step, type StepOf } from "@/lib/plan/step.ts";

// The manifest and label files of any artifact.
const manifestBytes = 4000;

/**
 * The bytes that each step is expected to add to the store: a model, which knows packs, features, weights and predictions,
 * and nothing of how a file system rounds. Checkpoints come on top while a training runs.
 *
 * @param sizes The counts of a data set by its identity.
 */
export function expectedBytes(
  steps: readonly Step[],
  sizes: ReadonlyMap<string, Sizes>,
): ReadonlyMap<string, number> {
  const around = aroundOf(steps, sizes);
  return new Map(steps.map((step) => [step.key, manifestBytes + bytesOf(step, around)]));
}

function bytesOf<K extends StepKind>(step: StepOf<K>, around: Around): number {
  return kinds[step.kind].bytes({ spec: step.spec, needs: needsOf(step) }, around);
}
