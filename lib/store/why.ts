import type { Json } from "@/lib/base/canonical_json.ts";
import { type Difference, differencesOf } from "@/lib/base/differences.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { artifactsIn } from "@/lib/store/artifacts.ts";
import type { Manifest } from "@/lib/store/manifest.ts";
import { nearestArtifact } from "@/lib/store/nearest_artifact.ts";
import { type Parts, partsHash, readParts } from "@/lib/store/parts.ts";
import type { StepStatus } from "@/lib/store/status.ts";
import { findHead, type Store } from "@/lib/store/store.ts";

/** Something in which a step differs from an artifact. */
export interface Change extends Difference {
  /** A field of the recipe, the code of a module, a package's version, or the content of an input. */
  readonly of: "recipe" | "code" | "package" | "content";
  /** The inputs through which it is reached, by their names; none for what is the step's own. */
  readonly within: readonly string[];
}

/** Why a step has to be worked, in full. */
export interface Explanation {
  readonly step: Step;
  readonly status: StepStatus;
  /** What stands in the step's place or, where nothing does, the nearest earlier artifact of its kind; absent where there is none. */
  readonly compared?: Manifest;
  readonly changes: readonly Change[];
  /** Other code made what it is compared with, and the store does not say what that code was. */
  readonly unknownCode: boolean;
  /** The names of the inputs that have to be worked first. */
  readonly waits: readonly string[];
}

/** What explanations are made of, beside the store. */
export interface WhyOptions {
  /** Today's plan. */
  readonly steps: readonly Step[];
  readonly status: ReadonlyMap<string, StepStatus>;
  /** What a step's code is today. */
  readonly codeParts: (step: Step) => Parts;
  /** What else recipes of today name by a hash: their data sets. */
  readonly named: Iterable<Parts>;
}

/**
 * Explains why steps have to be worked: what differs, field by field, from what stands in the step's place or from the nearest
 * earlier artifact of its kind.
 *
 * @param asked Steps that are not fresh.
 */
export async function explain(
  asked: readonly Step[],
  store: Store,
  options: WhyOptions,
): Promise<readonly Explanation[]> {
  const artifacts = new Map<string, Manifest>();
  for await (const { key, manifest } of artifactsIn(store)) {
    if (typeof manifest !== "string") artifacts.set(key, manifest);
  }
  const steps = new Map(options.steps.map((step) => [step.key, step]));
  const named = new Map([...options.named].map((parts) => [partsHash(parts), parts]));
  const partsOf = async (hash: Json | undefined) =>
    typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash)
      ? named.get(hash) ?? await readParts(store, hash)
      : undefined;

  /** A field that names parts by their hash as the fields of these. */
  const inParts = async (change: Change): Promise<readonly Change[]> => {
    const [was, is] = [await partsOf(change.was), await partsOf(change.is)];
    if (was === undefined || is === undefined) return [change];
    return differencesOf(was, is).map((one) => ({
      ...one,
      of: change.of,
      within: change.within,
      path: `${change.path}.${one.path}`,
    }));
  };

  const one = async (step: Step): Promise<Explanation> => {
    const status = options.status.get(step.key)!;
    const waits = Object.entries(step.needs)
      .filter(([, key]) => options.status.get(key)?.freshness !== "cached")
      .map(([name]) => name);
    const own = artifacts.get(step.key);
    if (own !== undefined) {
      const code = await codeChanges(own, step);
      const changes = [...code ?? [], ...await contentChanges(own, step, store)];
      return { step, status, compared: own, changes, unknownCode: code === undefined, waits };
    }
    const near = nearestArtifact(step, { steps, artifacts });
    if (near === undefined) return { step, status, changes: [], unknownCode: false, waits };
    const changes: Change[] = [];
    for (const difference of near.differences) {
      changes.push(...await inParts({ of: "recipe", ...difference }));
    }
    const code = await codeChanges(near.manifest, step);
    changes.push(...code ?? []);
    return {
      ...{ step, status, compared: near.manifest, changes },
      unknownCode: code === undefined,
      waits,
    };
  };

  /** What of its code is not what made an artifact; nothing where that is not known. */
  const codeChanges = async (
    { code }: Manifest,
    step: Step,
  ): Promise<readonly Change[] | undefined> => {
    const now = options.codeParts(step);
    if (partsHash(now) === code) return [];
    const before = await readParts(store, code);
    return before && partDifferences(before, now).map((difference) => ({
      of: difference.path.endsWith(".ts") ? "code" : "package",
      within: [],
      ...difference,
    }));
  };

  return await Promise.all(asked.map(one));
}

/** As {@linkcode differencesOf}, of records whose names have dots. */
function partDifferences(was: Parts, is: Parts): readonly Difference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return names.flatMap((path) =>
    differencesOf(was[path], is[path]).map((difference) => ({ ...difference, path }))
  );
}

/** The inputs that have other content than an artifact was made from. */
async function contentChanges(
  { needs }: Manifest,
  step: Step,
  store: Store,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const [name, key] of Object.entries(step.needs)) {
    const need = await findHead(store, key);
    const [was, is] = [needs[name]?.content, need.state === "cached" && need.manifest.content];
    if (was === undefined || is === false || was === is) continue;
    changes.push({ of: "content", within: [], path: name, was, is });
  }
  return changes;
}
