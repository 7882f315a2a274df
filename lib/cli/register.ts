import type { Study } from "@/lib/cli/study.ts";
import { type Registered, registrationOf } from "@/lib/results/mod.ts";
import { type FoundStore, keepRegistration, readRegistration } from "@/lib/store/mod.ts";

/** What a study commits itself to, and when it was first run so in this store, if it was. */
export async function registeredOf(
  { registry, looks, store }: Pick<Study, "registry" | "looks"> & { readonly store: FoundStore },
): Promise<Registered> {
  const registration = registrationOf(registry, looks);
  return await readRegistration(store, registration.hash) ?? registration;
}

/** Writes down, before anything is run, what the study commits itself to; what stands there already stays. */
export async function register(study: Pick<Study, "registry" | "looks" | "store">): Promise<void> {
  const registration = registrationOf(study.registry, study.looks);
  // Whatever this machine's clock says.
  if (await readRegistration(study.store, registration.hash) !== undefined) return;
  await keepRegistration(study.store, { ...registration, at: new Date().toISOString() });
}
