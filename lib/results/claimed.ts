import type { Claim, Condition, Experiment, Selection } from "@/dsl/mod.ts";
import { matches } from "@/lib/results/select.ts";
import { subjectOf } from "@/lib/results/subject.ts";
import { sidesOf } from "@/lib/results/sides.ts";

/**
 * The claims of an experiment that need a condition: by a contrast or a check, or as the untrained encoder that others must
 * beat. What no claim needs is there for a figure.
 */
export function claimsNeeding(condition: Condition, { claims }: Experiment): readonly Claim[] {
  const isFloor = condition.encoders.every(({ method }) => method === "none") &&
    condition.probe.kind !== "scratch";
  return claims.filter((claim) =>
    isFloor || selectionsIn(claim).some((where) => means(where, condition))
  );
}

function selectionsIn({ contrasts, checks }: Claim): readonly Selection[] {
  return [
    ...contrasts.flatMap(({ term }) => sidesOf(term).map(({ where }) => where)),
    ...checks.map(({ where }) => where),
  ];
}

/** Whether a selection means a condition, at whatever level of the label tree. */
function means({ level: _, ...where }: Selection, condition: Condition): boolean {
  return matches(where, subjectOf(condition, "finest", null));
}
