import type { Corruption } from "@/dsl/mod.ts";
import type { Plan } from "@/lib/plan/mod.ts";
import { artifactFolder, type Store } from "@/lib/store/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** A picture of a domain's images, and the step that drew it. */
interface Picture {
  readonly role: string;
  readonly key: string;
  /** PNG. */
  readonly bytes: Uint8Array;
}

/** A contact sheet of a domain at a level of its label tree, or of its images without labels. */
export interface Sheet extends Picture {
  /** `null` for images without labels. */
  readonly level: string | null;
  /** The class of each row; none without labels. */
  readonly classes: readonly string[];
}

/** A few images of a domain, a row each, and beside them the views that trainings make of them. */
export interface ViewSheet extends Picture {
  /** The methods that make such views. */
  readonly methods: readonly string[];
}

/** Test images of a domain, a row each, and beside them their nearest training images. */
export interface NeighbourSheet extends Picture {
  /** Classes by name; the groups of neighbours stand in the order of `found`. */
  readonly queries: readonly {
    readonly class: string;
    readonly found: readonly { readonly method: string; readonly classes: readonly string[] }[];
  }[];
}

/** A few images of a domain, and below them the same images corrupted. */
export interface Sample extends Picture {
  readonly corruption: Corruption;
}

/** All that a report shows of the images, as far as it stands in the store. */
export interface StudyPictures {
  /** Of each role the coarsest first. */
  readonly sheets: readonly Sheet[];
  readonly views: readonly ViewSheet[];
  readonly neighbours: readonly NeighbourSheet[];
  readonly samples: readonly Sample[];
}

/** Reads the pictures that stand in the store. */
export async function readPictures(
  plan: Plan,
  { store, origins }: {
    readonly store: Store;
    readonly origins: ReadonlyMap<string, Origin>;
  },
): Promise<StudyPictures> {
  const present = <T extends { readonly key: string }>(all: readonly T[]) =>
    all.filter(({ key }) => origins.has(key));
  const read = (key: string, file: string) =>
    Deno.readFile(`${artifactFolder(store, key)}/${file}.png`);
  const { sheets, views, neighbours } = plan.pictures;
  const contact = sheets.flatMap(({ role, key }) => {
    const manifest = origins.get(key)?.manifest;
    if (manifest?.kind !== "sheet") return [];
    return manifest.info.sheets.map(async (sheet, i) => ({
      role,
      key,
      ...sheet,
      bytes: await read(key, `sheet-${i}`),
    }));
  });
  return {
    sheets: await Promise.all(contact),
    views: await Promise.all(
      present(views).map(async (one) => ({ ...one, bytes: await read(one.key, "views") })),
    ),
    neighbours: await Promise.all(neighbours.flatMap((one) => {
      const manifest = origins.get(one.key)?.manifest;
      if (manifest?.kind !== "neighbours") return [];
      const { queries } = manifest.info;
      return [read(one.key, "neighbours").then((bytes) => ({ ...one, queries, bytes }))];
    })),
    samples: await Promise.all(
      present(plan.corruptions).map(async (one) => ({
        ...one,
        bytes: await read(one.key, "sample"),
      })),
    ),
  };
}
