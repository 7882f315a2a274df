import { InputError } from "@/lib/base/errors.ts";
import type { DomainFacts, Finding, FindingName } from "@/lib/data/mod.ts";

/** A role whose data set has something wrong that was not let pass. */
export interface RefusedRole {
  readonly role: string;
  readonly source: string;
  readonly findings: readonly Finding[];
}

/**
 * The roles that are refused.
 *
 * @param found The facts of the data set of each role in use.
 */
export function refusedRoles(
  found: ReadonlyMap<string, DomainFacts>,
  allowed: readonly FindingName[],
): readonly RefusedRole[] {
  return [...found].map(([role, { source, findings }]) => ({
    role,
    source,
    findings: findings.filter(({ name }) => !allowed.includes(name)),
  })).filter(({ findings }) => findings.length > 0);
}

/** What is said of refused roles: each finding, and how to let them pass. */
export function refusal(refused: readonly [RefusedRole, ...RefusedRole[]]): InputError {
  const [first, ...others] = refused;
  const names = new Set(refused.flatMap(({ findings }) => findings.map(({ name }) => name)));
  const more = others.map((one) => `; ${placeOf(one)}: ${sentencesOf(one)}`);
  return new InputError(
    placeOf(first),
    `${sentencesOf(first)}${more.join("")}`,
    `Correct the data, or continue anyway with --allow ${[...names].join(",")}`,
  );
}

/** What is wrong with a role, in a row. */
export function sentencesOf({ findings }: Pick<RefusedRole, "findings">): string {
  return findings.map(({ sentence }) => sentence).join("; ");
}

function placeOf({ role, source }: RefusedRole): string {
  return `${role} (${source})`;
}
