import type { Corruption } from "@/dsl/mod.ts";
import type { Plan } from "@/lib/plan/mod.ts";
import { artifactFolder, type Store } from "@/lib/store/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** A contact sheet of a domain at a level of its label tree. */
export interface Sheet {
  readonly role: string;
  readonly key: string;
  readonly level: string;
  /** The class of each row. */
  readonly classes: readonly string[];
  /** PNG. */
  readonly bytes: Uint8Array;
}

/** A few images of a domain, and below them the same images corrupted. */
export interface Sample {
  readonly role: string;
  readonly key: string;
  readonly corruption: Corruption;
  /** PNG. */
  readonly bytes: Uint8Array;
}

/** Where artifacts are, and which of them stand there. */
interface Where {
  readonly store: Store;
  readonly origins: ReadonlyMap<string, Origin>;
}

/** What a `sheet` artifact says of itself. */
type SheetInfo = readonly { readonly level: string; readonly classes: readonly string[] }[];

/** The contact sheets that stand in the store, of each role the coarsest first. */
export async function readSheets(
  plan: Plan,
  { store, origins }: Where,
): Promise<readonly Sheet[]> {
  const there = plan.sheets.filter(({ key }) => origins.has(key));
  const sheets = await Promise.all(there.map(({ role, key }) => {
    const info = origins.get(key)!.manifest.info.sheets as unknown as SheetInfo;
    return Promise.all(info.map(async ({ level, classes }, i) => {
      const bytes = await Deno.readFile(`${artifactFolder(store, key)}/sheet-${i}.png`);
      return { role, key, level, classes, bytes };
    }));
  }));
  return sheets.flat();
}

/** The samples of corruptions that stand in the store. */
export async function readSamples(
  plan: Plan,
  { store, origins }: Where,
): Promise<readonly Sample[]> {
  const there = plan.corruptions.filter(({ key }) => origins.has(key));
  return await Promise.all(there.map(async ({ role, corruption, key }) => {
    const bytes = await Deno.readFile(`${artifactFolder(store, key)}/sample.png`);
    return { role, key, corruption, bytes };
  }));
}
