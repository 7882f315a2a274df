import type { Random } from "@/lib/base/random.ts";
import { built } from "@/lib/worlds/aerial/built.ts";
import { farmed } from "@/lib/worlds/aerial/farmed.ts";
import { natural } from "@/lib/worlds/aerial/natural.ts";
import { transport } from "@/lib/worlds/aerial/transport.ts";
import { type Brush, place } from "@/lib/worlds/paint/brush.ts";

/** One kind of land cover. */
export interface Cover {
  readonly name: string;
  /** cover, kind */
  readonly path: readonly [string, string];
  /** Paints a new picture of it over the whole canvas, north at any angle. */
  readonly paint: (brush: Brush, random: Random) => void;
}

type Painter = (brush: Brush, random: Random) => void;

/** Kind, then cover, then the ways in which it comes: sixteen covers, as many as GLC20 has. */
const kinds: Readonly<Record<string, Readonly<Record<string, readonly Painter[]>>>> = {
  "natural vegetation": {
    "broadleaf forest": [natural.broadleafForest],
    "conifer forest": [natural.coniferForest],
    grassland: [natural.grassland],
    shrubland: [natural.heath],
    wetland: [natural.wetland],
  },
  "water and bare land": {
    "inland water": [natural.river, natural.lake],
    coast: [natural.coast],
    "bare land": [natural.dunes, natural.rock],
    "snow and ice": [natural.snow],
  },
  farmland: {
    "arable land": [farmed.rowCrop, farmed.roundFields],
    "mixed fields": [farmed.patchwork],
    "permanent crops": [farmed.orchard, farmed.vineyard],
  },
  "built-up land": {
    suburb: [built.suburb],
    "city blocks": [built.cityBlocks],
    "industry and energy": [built.industry, built.panels],
    "transport land": [transport.motorway, transport.railYard, transport.airport],
  },
};

/** Every cover of the world `aerial`, in the order of its leaves. */
export const allCovers: readonly Cover[] = Object.entries(kinds).flatMap(([kind, covers]) =>
  Object.entries(covers).map(([name, painters]): Cover => ({
    name,
    path: [name, kind],
    paint: (brush, random) => {
      const scale = 0.5 * random.between(0.95, 1.4); // never so small that an edge of the land is seen
      const at = { x: 0.5, y: 0.5, scale, angle: random.uniform(), flip: random.uniform() < 0.5 };
      painters[random.integer(painters.length)]!(place(brush, at), random);
    },
  }))
);
