import type { Plan } from "@/lib/plan/mod.ts";

/** The keys of all steps that each experiment of a plan stands on, by its id. */
export function experimentSteps(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const found = new Map<string, Set<string>>();
  for (const { condition: { experiment }, score } of plan.conditions) {
    const keys = found.get(experiment) ?? new Set<string>();
    found.set(experiment, keys);
    const reach = (key: string): void => {
      if (keys.has(key)) return;
      keys.add(key);
      Object.values(byKey.get(key)!.needs).forEach(reach);
    };
    reach(score);
  }
  return found;
}

/**
 * In which place each step is worked so that experiments complete one by one: in the first place the steps of the experiment
 * that takes least, in the next those of the one that takes least beyond them, and so on; what is of no experiment has none.
 *
 * @param expected Seconds of each step that is to be worked.
 */
export function experimentOrder(
  plan: Plan,
  expected: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const left = new Map(experimentSteps(plan));
  const places = new Map<string, number>();
  const cost = (keys: ReadonlySet<string>) =>
    [...keys].reduce((sum, key) => sum + (places.has(key) ? 0 : expected.get(key) ?? 0), 0);
  for (let place = 1; left.size > 0; place++) {
    const [next] = [...left].map(([id, keys]) => ({ id, keys, cost: cost(keys) }))
      .toSorted((a, b) => a.cost - b.cost);
    for (const key of next!.keys) if (!places.has(key)) places.set(key, place);
    left.delete(next!.id);
  }
  return places;
}
