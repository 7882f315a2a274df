import { perchingBirds, raptors } from "@/lib/data/worlds/species/bird.ts";
import { columnCacti, paddleCacti } from "@/lib/data/worlds/species/cactus.ts";
import { type Species, speciesOf } from "@/lib/data/worlds/species/family.ts";
import { reefFish, riverFish } from "@/lib/data/worlds/species/fish.ts";
import { daisies, tulips } from "@/lib/data/worlds/species/flower.ts";
import { capFungi, shelfFungi } from "@/lib/data/worlds/species/fungus.ts";
import { beetles, butterflies } from "@/lib/data/worlds/species/insect.ts";
import { cats, hoofed } from "@/lib/data/worlds/species/mammal.ts";
import { snakes, turtles } from "@/lib/data/worlds/species/reptile.ts";
import { broadleaves, conifers, palms } from "@/lib/data/worlds/species/tree.ts";
import { waders } from "@/lib/data/worlds/species/wader.ts";

/** Every species of the world `species`, in the order of its leaves. */
export const allSpecies: readonly Species[] = [
  ...speciesOf(reefFish),
  ...speciesOf(riverFish),
  ...speciesOf(perchingBirds),
  ...speciesOf(waders),
  ...speciesOf(raptors),
  ...speciesOf(butterflies),
  ...speciesOf(beetles),
  ...speciesOf(hoofed),
  ...speciesOf(cats),
  ...speciesOf(snakes),
  ...speciesOf(turtles),
  ...speciesOf(daisies),
  ...speciesOf(tulips),
  ...speciesOf(broadleaves),
  ...speciesOf(conifers),
  ...speciesOf(palms),
  ...speciesOf(columnCacti),
  ...speciesOf(paddleCacti),
  ...speciesOf(capFungi),
  ...speciesOf(shelfFungi),
];

const byName = new Map(allSpecies.map((species) => [species.name, species]));

/** The species with a name that the tables of other worlds use; those names are checked by the tests. */
export function speciesNamed(name: string): Species {
  const species = byName.get(name);
  if (species === undefined) throw new RangeError(`No species is called "${name}"`);
  return species;
}
