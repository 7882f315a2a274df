import { type Condition, expand, type Role, scaleOf } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";

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
  return rolesOf(experiments.flatMap((one) => expand(one, scaleOf("smoke"), { seeds: 1 })));
}
