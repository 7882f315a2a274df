import type { Random } from "@/lib/base/random.ts";
import { built } from "@/lib/data/worlds/aerial/built.ts";
import { farmed } from "@/lib/data/worlds/aerial/farmed.ts";
import { natural } from "@/lib/data/worlds/aerial/natural.ts";
import { type Brush, place } from "@/lib/data/worlds/paint/brush.ts";

/** One kind of land cover. */
export interface Cover {
  readonly name: string;
  /** cover, group, kind */
  readonly path: readonly [string, string, string];
  /** Paints a new picture of it over the whole canvas, north at any angle. */
  readonly paint: (brush: Brush, random: Random) => void;
}

type Painter = (brush: Brush, random: Random) => void;

const kinds: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Painter>>>>>> =
  {
    natural,
    farmed,
    built,
  };

/** Every cover of the world `aerial`, in the order of its leaves. */
export const allCovers: readonly Cover[] = Object.entries(kinds).flatMap(([kind, groups]) =>
  Object.entries(groups).flatMap(([group, covers]) =>
    Object.entries(covers).map(([name, painter]): Cover => ({
      name,
      path: [name, group, kind],
      paint: (brush, random) => {
        const scale = 0.5 * random.between(0.95, 1.4); // never so small that an edge of the land is seen
        const at = { x: 0.5, y: 0.5, scale, angle: random.uniform(), flip: random.uniform() < 0.5 };
        painter(place(brush, at), random);
      },
    }))
  )
);
