import { type Condition, expand, type Role, scaleOf } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import type { Binding } from "@/lib/data/mod.ts";

/** The roles whose images conditions train on or probe, each once. */
export function rolesOf(conditions: readonly Condition[]): readonly Role[] {
  return [
    ...new Set(conditions.flatMap(({ probe, encoders }) => [
      probe.labels.role,
      ...encoders.flatMap((encoder) => encoder.sources.map((source) => source.role)),
    ])),
  ];
}

/** The roles that any experiment uses. */
export function knownRoles(): readonly Role[] {
  // Which roles these are does not depend on scale and seeds.
  return rolesOf(
    experiments.flatMap((one) => expand(one, scaleOf("smoke"), { seeds: 1, beyond: true })),
  );
}

/**
 * What to know of a role that is bound to the same data set as others, since numbers of one are those of all.
 *
 * @param bindings Those of the roles in question.
 */
export function boundAlike(
  role: string,
  bindings: Iterable<readonly [string, Binding]>,
): readonly string[] {
  const all = [...bindings].map(([name, binding]) => ({ name, text: JSON.stringify(binding) }));
  const own = all.find(({ name }) => name === role)?.text;
  const others = all.filter(({ name, text }) => name !== role && text === own)
    .map(({ name }) => name);
  return others.length === 0 ? [] : [
    `it is the data set of ${
      others.join(" and ")
    } too: what is trained on one is trained on the other`,
  ];
}
