import type { Step } from "@/lib/plan/step.ts";
import type { Made } from "@/lib/store/manifest.ts";
import { findArtifact, findHead, type Found, type Store } from "@/lib/store/store.ts";
import type { Head } from "@/lib/store/verified.ts";

/** Why a step has to be worked, or that it has not. */
export type Freshness =
  | "cached"
  | "missing"
  | "corrupt"
  | "code changed"
  | "upstream"
  | "forced";

/** The state of one step, and a sentence about it. */
export interface StepStatus {
  readonly freshness: Freshness;
  readonly detail: string;
  /** Where and how long the artifact was worked that stands in the store, be it fresh or not. */
  readonly made?: Made;
}

/** The fingerprint of today's code that a step's work reaches. */
export type CodeOf = (step: Step) => string;

/** What freshness is judged by, beside the store. */
export interface StatusOptions {
  readonly code: CodeOf;
  /** Keep artifacts that other code made. */
  readonly trustCode?: boolean;
  /** Keys of steps that are to be worked however they are. */
  readonly forced?: ReadonlySet<string>;
}

/** What a predicate may look at. */
interface Case {
  readonly step: Step;
  readonly found: Found<Head>;
  /** What it needs, by name. */
  readonly needs: Readonly<Record<string, Judged>>;
  readonly options: StatusOptions;
}

/** The state of a step, and what the store holds of it. */
interface Judged extends StepStatus {
  readonly found: Found<Head>;
}

/** Each reason to work a step, in the order in which they are tried: it says why, or `null` where it does not apply. */
const reasons: readonly {
  readonly name: Freshness;
  readonly applies: (one: Case) => string | null;
}[] = [
  { name: "missing", applies: isMissing },
  { name: "corrupt", applies: isCorrupt },
  { name: "code changed", applies: isOfOtherCode },
  { name: "upstream", applies: hasChangedNeeds },
  { name: "forced", applies: isForced },
];

/** Judges steps one by one, while others work them. */
export interface Judge {
  /** How a step is now. What it needs is looked at too, unless that was found fresh before. */
  judge(step: Step): Promise<StepStatus>;
}

/**
 * A judge of steps.
 *
 * @param steps They, and all that they need.
 */
export function makeJudge(steps: readonly Step[], store: Store, options: StatusOptions): Judge {
  const judged = judging(steps, store, { ...options, remembers: "fresh" });
  return { judge: async (step) => statusIn(await judged(step)) };
}

/**
 * The freshness of every step of a plan, each with its reason.
 *
 * @param steps Each after all that it needs.
 */
export async function statusOf(
  steps: readonly Step[],
  store: Store,
  options: StatusOptions,
): Promise<ReadonlyMap<string, StepStatus>> {
  const judged = judging(steps, store, { ...options, remembers: "all" });
  const statuses = new Map<string, StepStatus>();
  for (const step of steps) statuses.set(step.key, statusIn(await judged(step)));
  return statuses;
}

/** What is needed and is no step of the plan. */
const unknown: Judged = { freshness: "missing", detail: "no step", found: { state: "missing" } };

/** Judges steps, and remembers of what others need all that it found, or what was fresh. */
function judging(
  steps: readonly Step[],
  store: Store,
  { remembers, ...options }: StatusOptions & { readonly remembers: "all" | "fresh" },
): (step: Step) => Promise<Judged> {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const known = new Map<string, Judged>();
  // What other code made may have another form than today's readers take, which a head does not show.
  const find = options.trustCode ? findArtifact : findHead;
  return async function judged(step) {
    const found: Found<Head> = await find(store, step.key);
    const needs: Record<string, Judged> = {};
    for (const [name, key] of found.state === "cached" ? Object.entries(step.needs) : []) {
      const need = byKey.get(key);
      needs[name] = known.get(key) ?? (need === undefined ? unknown : await judged(need));
    }
    const one = { ...judge({ step, found, needs, options }), found };
    if (remembers === "all" || one.freshness === "cached") known.set(step.key, one);
    return one;
  };
}

function statusIn({ freshness, detail, found }: Judged): StepStatus {
  const made = found.state === "cached" ? { made: found.manifest.made } : {};
  return { freshness, detail, ...made };
}

function judge(one: Case): StepStatus {
  for (const { name, applies } of reasons) {
    const detail = applies(one);
    if (detail !== null) return { freshness: name, detail };
  }
  return { freshness: "cached", detail: "verified" };
}

function isMissing({ found }: Case): string | null {
  return found.state === "missing" ? "not run yet" : null;
}

function isCorrupt({ found }: Case): string | null {
  return found.state === "corrupt" ? found.problem : null;
}

function isOfOtherCode({ step, found, options }: Case): string | null {
  if (options.trustCode || found.state !== "cached") return null;
  const { code } = found.manifest;
  const now = options.code(step);
  return code === now
    ? null
    : `made by code ${code.slice(0, 8)}, which is now ${now.slice(0, 8)}; --trust-code keeps it`;
}

function hasChangedNeeds({ found, needs }: Case): string | null {
  for (const [name, need] of Object.entries(needs)) {
    if (need.freshness !== "cached") return `${name} has to be run first`;
    const was = found.state === "cached" ? found.manifest.needs[name]?.content : undefined;
    const is = need.found.state === "cached" ? need.found.manifest.content : undefined;
    if (was !== is) return `${name} has changed since this was made from it`;
  }
  return null;
}

function isForced({ step, options }: Case): string | null {
  return options.forced?.has(step.key) ? "--force" : null;
}
