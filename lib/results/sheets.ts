import type { Plan } from "@/lib/plan/mod.ts";
import { artifactFolder, type Store } from "@/lib/store/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** A contact sheet of a domain. */
export interface Sheet {
  readonly role: string;
  readonly key: string;
  /** PNG. */
  readonly bytes: Uint8Array;
}

/** The contact sheets that stand in the store. */
export async function readSheets(
  plan: Plan,
  { store, origins }: {
    readonly store: Store;
    readonly origins: ReadonlyMap<string, Origin>;
  },
): Promise<readonly Sheet[]> {
  const there = plan.sheets.filter(({ key }) => origins.has(key));
  return await Promise.all(there.map(async ({ role, key }) => ({
    role,
    key,
    bytes: await Deno.readFile(`${artifactFolder(store, key)}/sheet.png`),
  })));
}
