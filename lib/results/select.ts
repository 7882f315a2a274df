import {
  clean,
  corruptionName,
  type EncoderSelection,
  type PaperValue,
  type Selection,
} from "@/dsl/mod.ts";
import { encodersOf, type EncoderSubject, type Subject } from "@/lib/results/subject.ts";

/**
 * Whether a selection means a subject: each given field must be equal, or among those listed. A pool matches its roles
 * in any order, and a fusion its two encoders; every part of a pool must have a listed size; an untrained encoder has no
 * size to match. Without a level, the finest is meant; without more, clean images of the probe and trainings by their recipe.
 */
export function matches(selection: Selection, subject: Subject): boolean {
  const { probe, on, labels, images = clean(), level = "finest" } = selection;
  return (level === subject.level || (level === "coarsest" && subject.coarsest)) &&
    matchesEncoders(selection, encodersOf(subject)) &&
    listed(images).map(corruptionName).includes(subject.seen) &&
    (probe === undefined || probe === subject.probe) &&
    (on === undefined || on === subject.on) &&
    (labels === undefined || listed(labels).includes(subject.labels));
}

/** The paper's number for a subject, if it has one. */
export function paperValueFor(
  values: readonly PaperValue[],
  subject: Subject,
): PaperValue | undefined {
  return values.find(({ where }) => matches(where, subject));
}

function matchesEncoders(selection: Selection, encoders: readonly EncoderSubject[]): boolean {
  const { with: other } = selection;
  if (encoders.length !== (other === undefined ? 1 : 2)) return false;
  const [first, second] = encoders;
  if (other === undefined) return matchesEncoder(selection, first!);
  return (matchesEncoder(selection, first!) && matchesEncoder(other, second!)) ||
    (matchesEncoder(selection, second!) && matchesEncoder(other, first!));
}

function matchesEncoder(selection: EncoderSelection, encoder: EncoderSubject): boolean {
  const { method, pretrain, size, corruption, budget = "recipe", replica = 0 } = selection;
  return budget === encoder.budget && replica === encoder.replica &&
    (method === undefined || listed<string>(method).includes(encoder.method)) &&
    (pretrain === undefined || listed(pretrain).map(inOrder).includes(inOrder(encoder.pretrain))) &&
    (size === undefined ||
      (encoder.sizes.length > 0 && encoder.sizes.every((one) => listed(size).includes(one)))) &&
    (corruption === undefined ||
      listed(corruption).map(corruptionName).includes(encoder.corruption));
}

function listed<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function inOrder(roles: string): string {
  return roles.split("+").sort().join("+");
}
