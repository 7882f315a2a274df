import {
  clean,
  corruptionName,
  each,
  type EncoderSelection,
  networkName,
  type PaperValue,
  type Selection,
  type Settings,
  type Some,
} from "@/dsl/mod.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { encodersOf, type EncoderSubject, type Subject } from "@/lib/results/subject.ts";

/**
 * Whether a selection means a subject: each given field must be equal, or among those listed, unless it means each. A pool matches its roles
 * in any order, and a fusion its two encoders; every part of a pool must have a listed size; an untrained encoder has no
 * size to match. Without a level, the finest is meant; without more, clean images of the probe, trainings and probes by their
 * recipe, the scale's network, and trials that name no scale.
 */
export function matches(selection: Selection, subject: Subject): boolean {
  const { probe, on, labels, images = clean(), level = "finest", scale, settings = {} } = selection;
  const { probeChanges, ownScale } = subject;
  return (level === subject.level || (level === "coarsest" && subject.coarsest)) &&
    matchesEncoders(selection, encodersOf(subject)) &&
    takes(images, (one) => corruptionName(one) === subject.seen) &&
    takes(settings, (one) => isSaid(one, probeChanges.settings)) &&
    (scale === undefined
      ? !ownScale
      : takes(scale, (one) => ownScale && scaleName(one) === subject.scale)) &&
    takes(probe, (one) => one === subject.probe) &&
    takes(on, (one) => one === subject.on) &&
    takes(labels, (one) => one === subject.labels);
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
  const { training = {}, network, checkpoint } = selection;
  const { sizes, changes, ownNetwork } = encoder;
  const roles = encoder.checkpoint === undefined ? encoder.pretrain : "none";
  return takes(budget, (one) => one === encoder.budget) &&
    takes(replica, (one) => one === encoder.replica) &&
    takes(training, (one) => isSaid(one, changes.settings)) &&
    (network === undefined
      ? !ownNetwork
      : takes(network, (one) => ownNetwork && networkName(one) === encoder.network)) &&
    takes(method, (one) => one === encoder.method) &&
    takes(pretrain, (one) => inOrder(one) === inOrder(roles)) &&
    takes(checkpoint, (one) => one === encoder.checkpoint) &&
    (takes(size, () => false) ||
      (sizes.length > 0 && sizes.every((own) => takes(size, (one) => one === own)))) &&
    takes(corruption, (one) => corruptionName(one) === encoder.corruption);
}

/** Whether a field of a selection takes a value: it is left out, means each, or is or lists the value. */
function takes<T>(some: Some<T> | undefined, is: (one: T) => boolean): boolean {
  if (some === undefined || some === each) return true;
  return Array.isArray(some) ? some.some(is) : is(some as T);
}

/** Whether just these settings were given in place of a recipe's. */
function isSaid(one: object, settings: Settings): boolean {
  return canonicalJson(one) === canonicalJson(settings);
}

function scaleName(scale: string | { readonly name: string }): string {
  return typeof scale === "string" ? scale : scale.name;
}

function inOrder(roles: string): string {
  return roles.split("+").sort().join("+");
}
