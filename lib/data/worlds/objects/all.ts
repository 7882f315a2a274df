import type { Random } from "@/lib/base/random.ts";
import { clothing } from "@/lib/data/worlds/objects/clothing.ts";
import { containers } from "@/lib/data/worlds/objects/containers.ts";
import { furniture } from "@/lib/data/worlds/objects/furniture.ts";
import { instruments } from "@/lib/data/worlds/objects/instruments.ts";
import { marked, modelsOf } from "@/lib/data/worlds/objects/models.ts";
import { type Part, sketch } from "@/lib/data/worlds/objects/sketch.ts";
import { balls, clocks, devices } from "@/lib/data/worlds/objects/things.ts";
import { tools } from "@/lib/data/worlds/objects/tools.ts";
import { vehicles } from "@/lib/data/worlds/objects/vehicles.ts";
import type { Brush } from "@/lib/data/worlds/paint/brush.ts";
import { speciesNamed } from "@/lib/data/worlds/species/all.ts";

/** One kind of object, ready to draw. */
export interface ObjectKind {
  readonly name: string;
  /** model, object, family, group, kingdom */
  readonly path: readonly [string, string, string, string, string];
  /** Stands on something, and so is drawn upright. */
  readonly upright: boolean;
  /** Draws a new one within about [-1, 1] x [-1, 1] of the brush's units. */
  readonly draw: (brush: Brush, random: Random) => void;
}

type Families = Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>>;

const groups: Readonly<Record<string, { readonly families: Families; readonly upright: boolean }>> =
  {
    vehicle: { families: vehicles, upright: true },
    furniture: { families: furniture, upright: true },
    container: { families: containers, upright: true },
    tool: { families: tools, upright: false },
    instrument: { families: instruments, upright: false },
    clothing: { families: clothing, upright: false },
    "small thing": { families: { ball: balls, clock: clocks, device: devices }, upright: false },
  };

const artifacts = Object.entries(groups).flatMap(([group, { families, upright }]) =>
  Object.entries(families).flatMap(([family, members]) =>
    Object.entries(members).map(([object, parts]) => ({ object, family, group, parts, upright }))
  )
).flatMap(({ object, family, group, parts, upright }, number) =>
  modelsOf(number).map((mark): ObjectKind => {
    const name = `${mark} ${object}`;
    return {
      name,
      path: [name, object, family, group, "artifact"],
      upright,
      draw: (brush, random) => sketch(brush, random, { parts: marked(parts, mark, random) }),
    };
  })
);

/** The species that are also objects, as the real set holds some animals and plants. */
const living = [
  ...["banded discfish", "spotted trout", "hooded finch", "plain crested jay", "saddled heron"],
  ...["ringed roundwing", "spotted ladybird", "plain deer", "banded wild horse", "ringed leopard"],
  ...["netted tortoise", "plain daisy", "plain tulip", "ribbed saguaro", "plain spruce"],
].map((name): ObjectKind => {
  const { path, upright, draw } = speciesNamed(name);
  const [, genus, family] = path;
  const kingdom = path.at(-1)!;
  return { name, path: [name, genus!, family!, path[path.length - 3]!, kingdom], upright, draw };
});

/** Every kind of the world `objects`, in the order of its leaves. */
export const allObjects: readonly ObjectKind[] = [...artifacts, ...living];
