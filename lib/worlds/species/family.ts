import type { Random } from "@/lib/base/random.ts";
import type { Habitat } from "@/lib/worlds/grounds/habitat.ts";
import type { Brush } from "@/lib/worlds/paint/brush.ts";
import { type Coat, coatOf, type Marking, type Palette } from "@/lib/worlds/species/coat.ts";

/** The numbers that tell one genus of a family from another: lengths in body units, or counts. */
export type Traits<T extends string> = Readonly<Record<T, number>>;

/** One individual: its proportions, its colours, and chance for the pose. */
export interface Specimen<T extends string> {
  readonly traits: Traits<T>;
  readonly coat: Coat;
  readonly random: Random;
}

/** A family: one body plan, genera that differ in proportions, species that differ in markings. */
export interface Family<T extends string> extends Palette {
  readonly name: string;
  readonly habitats: readonly Habitat[];
  /** Whether individuals stand upright on the ground, or may lie at any angle. */
  readonly upright: boolean;
  /** Draws an individual within about [-1, 1] x [-1, 1], looking along x. */
  readonly draw: (brush: Brush, specimen: Specimen<T>) => void;
  readonly genera: Readonly<Record<string, Genus<T>>>;
}

/** The proportions of a genus, and its species by the word that comes before the genus in their names. */
export interface Genus<T extends string> {
  readonly traits: Traits<T>;
  readonly species: Readonly<Record<string, Marking>>;
}

/** One species of a family, ready to draw. */
export interface Member {
  readonly name: string;
  readonly genus: string;
  readonly family: string;
  readonly habitats: readonly Habitat[];
  readonly upright: boolean;
  /** Draws a new individual within about [-1, 1] x [-1, 1] of the brush's units. */
  readonly draw: (brush: Brush, random: Random) => void;
}

/** An individual's own proportions: within an eighth of those of its genus. */
function varied<T extends string>(traits: Traits<T>, random: Random): Traits<T> {
  const own: Record<string, number> = {};
  for (const trait in traits) own[trait] = traits[trait] * random.between(0.88, 1.12);
  return own as Traits<T>;
}

/** The species of a family, genus by genus. */
export function membersOf<T extends string>(family: Family<T>): readonly Member[] {
  return Object.entries(family.genera).flatMap(([genus, { traits, species }]) =>
    Object.entries(species).map(([word, marking]): Member => ({
      name: `${word} ${genus}`,
      genus,
      family: family.name,
      habitats: family.habitats,
      upright: family.upright,
      draw: (brush, random) => {
        const own = varied(traits, random);
        family.draw(brush, {
          traits: own,
          coat: coatOf(marking, { palette: family, random }),
          random,
        });
      },
    }))
  );
}
