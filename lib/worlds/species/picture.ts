import type { Random } from "@/lib/base/random.ts";
import { type Habitat, habitats } from "@/lib/worlds/grounds/habitat.ts";
import { clutter, occlude, shadow } from "@/lib/worlds/grounds/clutter.ts";
import { type Brush, place } from "@/lib/worlds/paint/brush.ts";
import type { Species } from "@/lib/worlds/species/all.ts";

/** Habitats with a floor on which a shadow can fall. */
const grounded: readonly Habitat[] = ["meadow", "dryland", "snowfield", "surface", "litter"];

/** Paints one picture of a species: its habitat, what stands about, the animal or plant, what is in the way. */
export function paintSpecies(
  brush: Brush,
  random: Random,
  { species }: { species: Species },
): void {
  const habitat = species.habitats[random.integer(species.habitats.length)]!;
  habitats[habitat](brush, random);
  clutter(brush, random, { habitat });
  const scale = random.between(0.34, 0.54);
  const slack = Math.max(0.04, 0.5 - scale * 0.85);
  const at = {
    x: 0.5 + random.between(-slack, slack),
    y: 0.5 + random.between(-slack, slack),
    scale,
    stretch: random.between(0.88, 1.12),
    flip: random.uniform() < 0.5,
    angle: species.upright ? random.between(-0.04, 0.04) : random.between(-0.09, 0.09),
  };
  if (species.upright && grounded.includes(habitat)) {
    shadow(brush, { x: at.x, y: at.y + scale * 0.9, width: scale * 0.8 });
  }
  species.draw(place(brush, at), random);
  occlude(brush, random, { habitat });
}
