import { InputError } from "@/lib/base/errors.ts";
import type { DomainFacts, Finding, FindingName } from "@/lib/data/mod.ts";

/**
 * Refuses data sets with something wrong that was not let pass.
 *
 * @param found The facts of the data set of each role in use.
 * @throws {InputError} Naming role, data set, each finding, and how to let them pass.
 */
export function refuseFindings(
  found: ReadonlyMap<string, DomainFacts>,
  allowed: readonly FindingName[],
): void {
  const refused = [...found].map(([role, { source, findings }]) => ({
    place: `${role} (${source})`,
    findings: findings.filter(({ name }) => !allowed.includes(name)),
  })).filter(({ findings }) => findings.length > 0);
  const [first, ...others] = refused;
  if (first === undefined) return;
  const names = new Set(refused.flatMap(({ findings }) => findings.map(({ name }) => name)));
  const more = others.map(({ place, findings }) => `; ${place}: ${sentencesOf(findings)}`);
  throw new InputError(
    first.place,
    `${sentencesOf(first.findings)}${more.join("")}`,
    `Mend the data, or go on all the same with --allow ${[...names].join(",")}`,
  );
}

function sentencesOf(findings: readonly Finding[]): string {
  return findings.map(({ sentence }) => sentence).join("; ");
}
