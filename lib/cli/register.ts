import { createExclusive } from "@/lib/base/files.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type Registered, registrationOf } from "@/lib/results/mod.ts";
import type { FoundStore } from "@/lib/store/mod.ts";

/** What a study commits itself to, and when it was first run so in this store, if it was. */
export async function registeredOf(
  { registry, looks, store }: Pick<Study, "registry" | "looks"> & { readonly store: FoundStore },
): Promise<Registered> {
  const registration = registrationOf(registry, looks);
  try {
    const { at } = JSON.parse(await Deno.readTextFile(pathOf(store, registration.hash)));
    return { ...registration, at: String(at) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return registration;
    throw error;
  }
}

/** Writes down, before anything is run, what the study commits itself to; what stands there already stays. */
export async function register(study: Pick<Study, "registry" | "looks" | "store">): Promise<void> {
  const { hash, text } = registrationOf(study.registry, study.looks);
  await Deno.mkdir(`${study.store.root}/registrations`, { recursive: true });
  const at = new Date().toISOString();
  await createExclusive(
    pathOf(study.store, hash),
    `{"at":${JSON.stringify(at)},"registration":${text.trim()}}\n`,
  );
}

function pathOf({ root }: Pick<FoundStore, "root">, hash: string): string {
  return `${root}/registrations/${hash}.json`;
}
