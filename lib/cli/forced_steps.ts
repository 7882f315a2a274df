import { InputError } from "@/lib/base/errors.ts";
import { type Plan, type StepKind, withNeeds } from "@/lib/plan/mod.ts";

/** Kinds of work that a condition has for itself: what it reads is not made anew with it. */
const ownKinds: readonly StepKind[] = ["pretrain", "features", "probe", "finetune", "score"];

/**
 * The keys of the steps that are to be worked though they are fresh.
 *
 * @param words The first digits of a key, the label of a step, or a condition's name, which stands for its trainings, features,
 * probes and scores at every seed.
 * @throws {InputError} If one names nothing.
 */
export function forcedSteps(
  { steps, conditions }: Pick<Plan, "steps" | "conditions">,
  words: readonly string[] = [],
): ReadonlySet<string> {
  const forced = new Set<string>();
  for (const word of words) {
    const isKey = /^[0-9a-f]{4,64}$/.test(word);
    const scores = new Set(
      conditions.filter(({ condition }) => condition.name === word).map(({ score }) => score),
    );
    const found = [
      ...steps.filter(({ key, label }) => label === word || (isKey && key.startsWith(word))),
      ...withNeeds(steps, ({ key }) => scores.has(key))
        .filter(({ kind }) => ownKinds.includes(kind)),
    ];
    if (found.length === 0) {
      throw new InputError(
        "--force",
        `no step's key begins with "${word}", and no label and no condition is called so`,
        "deno task plan --all-steps lists the steps; write names as they stand there",
      );
    }
    found.forEach(({ key }) => forced.add(key));
  }
  return forced;
}
