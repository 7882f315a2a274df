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
  const ingests = [...origins.values()].filter(({ step }) => step.kind === "ingest");
  return [...domains].flatMap(([role, { id }]) => {
    const made = ingests.find(({ step }) => step.spec.dataset === id);
    const images = (made?.manifest.info.skipped ?? []) as unknown as readonly SkippedImage[];
    return images.length === 0 ? [] : [{ role, images }];
  });
}
