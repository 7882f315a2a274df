import type { Random } from "@/lib/base/random.ts";
import type { Habitat } from "@/lib/data/worlds/grounds/habitat.ts";
import type { Brush } from "@/lib/data/worlds/paint/brush.ts";
import { type Coat, coatOf, type Marking } from "@/lib/data/worlds/species/coat.ts";

/** The numbers that tell one genus of a family from another: lengths in body units. */
export type Traits = Readonly<Record<string, number>>;

/** One individual: its proportions, its colours, and chance for the pose. */
export interface Specimen<T extends Traits> {
  readonly traits: T;
  readonly coat: Coat;
  readonly random: Random;
}

/** A family: one body plan, genera that differ in proportions, species that differ in markings. */
export interface Family<T extends Traits> {
  readonly name: string;
  readonly class: string;
  readonly kingdom: "animal" | "plant" | "fungus";
  readonly habitats: readonly Habitat[];
  /** Whether individuals stand upright on the ground, or may lie at any angle. */
  readonly upright: boolean;
  /** Draws an individual within about [-1, 1] x [-1, 1], looking along x. */
  readonly draw: (brush: Brush, specimen: Specimen<T>) => void;
  readonly genera: readonly {
    readonly name: string;
    readonly traits: T;
    /** By the word that comes before the genus in the species' name. */
    readonly species: Readonly<Record<string, Marking>>;
  }[];
}

/** One species, ready to draw. */
export interface Species {
  readonly name: string;
  /** species, genus, family, class, kingdom */
  readonly path: readonly [string, string, string, string, string];
  readonly habitats: readonly Habitat[];
  readonly upright: boolean;
  /** Draws a new individual within about [-1, 1] x [-1, 1] of the brush's units. */
  readonly draw: (brush: Brush, random: Random) => void;
}

/** The species of a family; each individual's proportions vary by an eighth about those of its genus. */
export function speciesOf<T extends Traits>(family: Family<T>): readonly Species[] {
  return family.genera.flatMap((genus) =>
    Object.entries(genus.species).map(([word, marking]): Species => {
      const name = `${word} ${genus.name}`;
      return {
        name,
        path: [name, genus.name, family.name, family.class, family.kingdom],
        habitats: family.habitats,
        upright: family.upright,
        draw: (brush, random) => {
          const traits = Object.fromEntries(
            Object.entries(genus.traits).map((
              [trait, value],
            ) => [trait, value * random.between(0.88, 1.12)]),
          ) as T;
          family.draw(brush, { traits, coat: coatOf(marking, random), random });
        },
      };
    })
  );
}
