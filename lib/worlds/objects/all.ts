import type { Random } from "@/lib/base/random.ts";
import { clothing } from "@/lib/worlds/objects/clothing.ts";
import { containers } from "@/lib/worlds/objects/containers.ts";
import { craft } from "@/lib/worlds/objects/craft.ts";
import { furniture } from "@/lib/worlds/objects/furniture.ts";
import { instruments } from "@/lib/worlds/objects/instruments.ts";
import type { Catalogue } from "@/lib/worlds/objects/plans.ts";
import { roadVehicles } from "@/lib/worlds/objects/road_vehicles.ts";
import { sketch } from "@/lib/worlds/objects/sketch.ts";
import { smallThings } from "@/lib/worlds/objects/things.ts";
import { tools } from "@/lib/worlds/objects/tools.ts";
import type { Brush } from "@/lib/worlds/paint/brush.ts";
import { speciesNamed, speciesRanks } from "@/lib/worlds/species/all.ts";

/** The levels of the world `objects`, finest first. */
export const objectLevels = ["model", "object", "family", "group", "kingdom"] as const;

/** One kind of object, ready to draw. */
export interface ObjectKind {
  readonly name: string;
  /** One name for each of `objectLevels`. */
  readonly path: readonly [string, string, string, string, string];
  /** Whether it was made by people; else it is a species. */
  readonly made: boolean;
  /** Stands on something, and so is drawn upright. */
  readonly upright: boolean;
  /** Draws a new one within about [-1, 1] x [-1, 1] of the brush's units. */
  readonly draw: (brush: Brush, random: Random) => void;
}

const groups: Readonly<
  Record<string, { readonly catalogue: Catalogue; readonly upright: boolean }>
> = {
  vehicle: { catalogue: { ...roadVehicles, ...craft }, upright: true },
  furniture: { catalogue: furniture, upright: true },
  container: { catalogue: containers, upright: true },
  tool: { catalogue: tools, upright: false },
  instrument: { catalogue: instruments, upright: false },
  clothing: { catalogue: clothing, upright: false },
  "small thing": { catalogue: smallThings, upright: false },
};

const artifacts = Object.entries(groups).flatMap(([group, { catalogue, upright }]) =>
  Object.entries(catalogue).flatMap(([family, objects]) =>
    Object.entries(objects).flatMap(([object, models]) =>
      Object.entries(models).map(([name, parts]): ObjectKind => ({
        name,
        path: [name, object, family, group, "artifact"],
        made: true,
        upright,
        draw: (brush, random) => sketch(brush, random, { parts }),
      }))
    )
  )
);

/** The species that are also objects, as the real set holds some animals and plants. */
const living = [
  ...["banded discfish", "spotted trout", "hooded finch", "plain crested jay", "saddled heron"],
  ...["ringed roundwing", "spotted ladybird", "plain deer", "banded wild horse", "ringed leopard"],
  ...["netted tortoise", "plain daisy", "plain tulip", "ribbed saguaro", "plain spruce"],
].map((name): ObjectKind => {
  const { path, upright, draw } = speciesNamed(name);
  const at = (rank: typeof speciesRanks[number]) => path[speciesRanks.indexOf(rank)]!;
  const ranks = [name, at("genus"), at("family"), at("class"), at("kingdom")] as const;
  return { name, path: ranks, made: false, upright, draw };
});

/** Every kind of the world `objects`, in the order of its leaves. */
export const allObjects: readonly ObjectKind[] = [...artifacts, ...living];
