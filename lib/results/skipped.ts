import type { Role } from "@/dsl/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** A broken image that ingest left out. */
export interface SkippedImage {
  readonly name: string;
  readonly reason: string;
}

/** The broken images that were left out of a role's data set. */
export interface Skipped {
  readonly role: Role;
  readonly images: readonly SkippedImage[];
}

/** What ingest left out, for the roles of which it left out any. */
export function skippedImages(
  domains: ReadonlyMap<Role, { readonly id: string }>,
  origins: ReadonlyMap<string, Origin>,
): readonly Skipped[] {
  const skipped = new Map<string, readonly SkippedImage[]>();
  for (const { step, manifest } of origins.values()) {
    if (step.kind !== "ingest" || manifest.kind !== "ingest") continue;
    skipped.set(step.spec.dataset, manifest.info.skipped);
  }
  return [...domains].flatMap(([role, { id }]) => {
    const images = skipped.get(id) ?? [];
    return images.length === 0 ? [] : [{ role, images }];
  });
}
