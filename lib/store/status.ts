import type { Step } from "@/lib/plan/step.ts";
import type { Made } from "@/lib/store/manifest.ts";
import { findArtifact, findHead, type Found, type Store } from "@/lib/store/store.ts";
import type { Head } from "@/lib/store/verified.ts";

/** Why a step has to be worked, or that it has not. */
export type Freshness = "cached" | "missing" | "corrupt" | "code changed" | "upstream";

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
}

/** What a predicate may look at. */
interface Case {
  readonly step: Step;
  readonly found: Found<Head>;
  readonly foundOf: ReadonlyMap<string, Found<Head>>;
  readonly statuses: ReadonlyMap<string, StepStatus>;
  readonly options: StatusOptions;
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
];

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
  const foundOf = new Map<string, Found<Head>>();
  const statuses = new Map<string, StepStatus>();
  // What other code made may have another form than today's readers take, which a head does not show.
  const find = options.trustCode ? findArtifact : findHead;
  for (const step of steps) {
    const found: Found<Head> = await find(store, step.key);
    foundOf.set(step.key, found);
    const made = found.state === "cached" ? { made: found.manifest.made } : {};
    statuses.set(step.key, { ...judge({ step, found, foundOf, statuses, options }), ...made });
  }
  return statuses;
}

function judge(one: Case): StepStatus {
  for (const { name, applies } of reasons) {
    const detail = applies(one);
    if (detail !== null) return { freshness: name, detail };
  }
  return { freshness: "cached", detail: "verified" };
}

function isMissing({ found }: Case): string | null {
  return found.state === "missing" ? "never worked" : null;
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
    : `made by code ${code.slice(0, 8)}, now ${now.slice(0, 8)}; --trust-code keeps it`;
}

function hasChangedNeeds({ step, found, foundOf, statuses }: Case): string | null {
  for (const [name, key] of Object.entries(step.needs)) {
    if (statuses.get(key)?.freshness !== "cached") return `${name} has to be worked first`;
    const need = foundOf.get(key);
    const was = found.state === "cached" ? found.manifest.needs[name]?.content : undefined;
    const is = need?.state === "cached" ? need.manifest.content : undefined;
    if (was !== is) return `${name} has other content than it was made from`;
  }
  return null;
}
