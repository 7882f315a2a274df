import type { Random } from "@/lib/base/random.ts";
import type { Habitat } from "@/lib/worlds/grounds/habitat.ts";
import type { Brush } from "@/lib/worlds/paint/brush.ts";
import { bats } from "@/lib/worlds/species/bat.ts";
import { beetles } from "@/lib/worlds/species/beetle.ts";
import { shelfFungi } from "@/lib/worlds/species/bracket.ts";
import { broadleaves } from "@/lib/worlds/species/broadleaf.ts";
import { butterflies } from "@/lib/worlds/species/butterfly.ts";
import { columnCacti, paddleCacti } from "@/lib/worlds/species/cactus.ts";
import { conifers } from "@/lib/worlds/species/conifer.ts";
import { crabs } from "@/lib/worlds/species/crab.ts";
import { cupFungi } from "@/lib/worlds/species/cup_fungus.ts";
import { daisies } from "@/lib/worlds/species/daisy.ts";
import { dragonflies } from "@/lib/worlds/species/dragonfly.ts";
import { ducks } from "@/lib/worlds/species/duck.ts";
import type { Member } from "@/lib/worlds/species/family.ts";
import { ferns } from "@/lib/worlds/species/fern.ts";
import { reefFish, riverFish } from "@/lib/worlds/species/fish.ts";
import { frogs } from "@/lib/worlds/species/frog.ts";
import { grasses } from "@/lib/worlds/species/grass.ts";
import { jellyfish } from "@/lib/worlds/species/jellyfish.ts";
import { lizards } from "@/lib/worlds/species/lizard.ts";
import { bears, cats, hoofed } from "@/lib/worlds/species/mammal.ts";
import { mosses } from "@/lib/worlds/species/moss.ts";
import { capFungi } from "@/lib/worlds/species/mushroom.ts";
import { octopuses } from "@/lib/worlds/species/octopus.ts";
import { orchids } from "@/lib/worlds/species/orchid.ts";
import { owls } from "@/lib/worlds/species/owl.ts";
import { palms } from "@/lib/worlds/species/palm.ts";
import { perchingBirds } from "@/lib/worlds/species/perching_bird.ts";
import { puffballs } from "@/lib/worlds/species/puffball.ts";
import { rabbits } from "@/lib/worlds/species/rabbit.ts";
import { raptors } from "@/lib/worlds/species/raptor.ts";
import { rays, sharks } from "@/lib/worlds/species/shark.ts";
import { snails } from "@/lib/worlds/species/snail.ts";
import { snakes } from "@/lib/worlds/species/snake.ts";
import { spiders } from "@/lib/worlds/species/spider.ts";
import { starfish } from "@/lib/worlds/species/starfish.ts";
import { tulips } from "@/lib/worlds/species/tulip.ts";
import { turtles } from "@/lib/worlds/species/turtle.ts";
import { waders } from "@/lib/worlds/species/wader.ts";

/** The ranks of the world `species`, finest first. */
export const speciesRanks = [
  "species",
  "genus",
  "family",
  "order",
  "class",
  "phylum",
  "kingdom",
] as const;

/** One species, ready to draw. */
export interface Species {
  readonly name: string;
  /** One name a rank of `speciesRanks`. */
  readonly path: readonly [string, string, string, string, string, string, string];
  readonly habitats: readonly Habitat[];
  readonly upright: boolean;
  /** Draws a new individual within about [-1, 1] x [-1, 1] of the brush's units. */
  readonly draw: (brush: Brush, random: Random) => void;
}

type Rank<T> = Readonly<Record<string, T>>;

/** The families by kingdom, phylum, class and order. */
const kingdoms: Rank<Rank<Rank<Rank<readonly (readonly Member[])[]>>>> = {
  animal: {
    vertebrate: {
      "bony fish": { "spiny-finned fish": [reefFish], "soft-finned fish": [riverFish] },
      "cartilaginous fish": { "sharks and rays": [sharks, rays] },
      amphibian: { "tailless amphibian": [frogs] },
      reptile: { "scaled reptile": [snakes, lizards], "shelled reptile": [turtles] },
      bird: {
        songbird: [perchingBirds],
        "water bird": [waders, ducks],
        "bird of prey": [raptors, owls],
      },
      mammal: {
        ungulate: [hoofed],
        carnivore: [cats, bears],
        "gnawing mammal": [rabbits],
        "flying mammal": [bats],
      },
    },
    arthropod: {
      insect: {
        "scaly-winged insect": [butterflies],
        "sheath-winged insect": [beetles],
        "glassy-winged insect": [dragonflies],
      },
      arachnid: { "web spinner": [spiders] },
      crustacean: { "ten-legged crustacean": [crabs] },
    },
    mollusc: {
      gastropod: { "coiled gastropod": [snails] },
      cephalopod: { "soft cephalopod": [octopuses] },
    },
    cnidarian: { "true jelly": { "disc jelly": [jellyfish] } },
    echinoderm: { asteroid: { "rayed asteroid": [starfish] } },
  },
  plant: {
    "flowering plant": {
      flower: { "aster order": [daisies], "lily order": [tulips, orchids] },
      succulent: { cactus: [columnCacti, paddleCacti] },
      "woody plant": { "hardwood order": [broadleaves], "palm order": [palms] },
      "grassy plant": { "grass order": [grasses] },
    },
    "cone-bearing plant": { "needle-leaved plant": { "pine order": [conifers] } },
    "spore plant": {
      fern: { "leafy fern": [ferns] },
      moss: { "true moss": [mosses] },
    },
  },
  fungus: {
    "club fungus": {
      mushroom: { "gilled fungus": [capFungi], "ball fungus": [puffballs] },
      bracket: { "pore fungus": [shelfFungi] },
    },
    "sac fungus": { "disc fungus": { "bowl fungus": [cupFungi] } },
  },
};

/** Every species of the world `species`, in the order of its leaves. */
export const allSpecies: readonly Species[] = Object.entries(kingdoms).flatMap((
  [kingdom, phyla],
) =>
  Object.entries(phyla).flatMap(([phylum, classes]) =>
    Object.entries(classes).flatMap(([group, orders]) =>
      Object.entries(orders).flatMap(([order, families]) =>
        families.flat().map(({ name, genus, family, habitats, upright, draw }): Species => ({
          name,
          path: [name, genus, family, order, group, phylum, kingdom],
          habitats,
          upright,
          draw,
        }))
      )
    )
  )
);

const byName = new Map(allSpecies.map((species) => [species.name, species]));

/** The species with a name that the tables of other worlds use; those names are checked by the tests. */
export function speciesNamed(name: string): Species {
  const species = byName.get(name);
  if (species === undefined) throw new RangeError(`No species is called "${name}"`);
  return species;
}
