import { corruptionName, type PaperValue, type Selection } from "@/dsl/mod.ts";
import type { Subject } from "@/lib/results/subject.ts";

/**
 * Whether a selection means a subject: each given field must be equal, or among those listed. A pool matches its roles
 * in any order; every part of a pool must have a listed size; an untrained encoder has no size to match; without a
 * level, the finest is meant.
 */
export function matches(selection: Selection, subject: Subject): boolean {
  const { method, pretrain, size, corruption, probe, on, labels, level = "finest" } = selection;
  const sizes = listed(size);
  return level === subject.level &&
    (method === undefined ||
      subject.method.split("+").every((one) => listed<string>(method).includes(one))) &&
    (pretrain === undefined || listed(pretrain).map(inOrder).includes(inOrder(subject.pretrain))) &&
    (size === undefined ||
      (subject.sizes.length > 0 && subject.sizes.every((one) => sizes.includes(one)))) &&
    (corruption === undefined ||
      listed(corruption).map(corruptionName).includes(subject.corruption)) &&
    (probe === undefined || probe === subject.probe) &&
    (on === undefined || on === subject.on) &&
    (labels === undefined || labels === subject.labels);
}

/** The paper's number for a subject, if it has one. */
export function paperValueFor(
  values: readonly PaperValue[],
  subject: Subject,
): PaperValue | undefined {
  return values.find(({ where }) => matches(where, subject));
}

function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function inOrder(roles: string): string {
  return roles.split("+").sort().join("+");
}
