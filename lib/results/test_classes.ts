import type { Plan } from "@/lib/plan/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";
import { artifactFolder, type Store } from "@/lib/store/mod.ts";

/** The classes of a level of a label tree, and the true one of each test image. */
export interface TestLevel {
  /** `finest`, or the name of a coarser level. */
  readonly level: string;
  readonly names: readonly string[];
  /** `[images]`, indices into `names`. */
  readonly classOfImage: Uint16Array;
}

/** The true classes of a role's test images at every level, the finest first. */
export interface TestClasses {
  readonly role: string;
  readonly levels: readonly TestLevel[];
}

/** The true classes of the test images of each role whose `classes` step stands in the store. */
export async function readTestClasses(
  plan: Plan,
  { store, origins }: {
    readonly store: Store;
    readonly origins: ReadonlyMap<string, Origin>;
  },
): Promise<ReadonlyMap<string, TestClasses>> {
  const read = await Promise.all(plan.testClasses.map(async ({ role, key }) => {
    const manifest = origins.get(key)?.manifest;
    if (manifest?.kind !== "classes") return [];
    const levels = await Promise.all(manifest.info.levels.map(async ({ level, names }, i) => {
      const bytes = await Deno.readFile(`${artifactFolder(store, key)}/classes-${i}.u16`);
      return { level, names, classOfImage: new Uint16Array(bytes.slice().buffer) };
    }));
    return [[role, { role, levels }] as const];
  }));
  return new Map(read.flat());
}
