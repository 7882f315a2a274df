import type { Plan, Step } from "@/lib/plan/mod.ts";
import { findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";

/** Where an artifact comes from: its step and its manifest. */
export interface Origin {
  readonly step: Step;
  readonly manifest: Manifest;
}

/** The origins of every step of the plan that stands verified in the store, by key, in the plan's order. */
export async function readOrigins(plan: Plan, store: Store): Promise<ReadonlyMap<string, Origin>> {
  const found = await Promise.all(plan.steps.map(async (step) => {
    const artifact = await findArtifact(store, step.key);
    return artifact.state === "cached" ? [{ step, manifest: artifact.manifest }] : [];
  }));
  return new Map(found.flat().map((origin) => [origin.step.key, origin]));
}
