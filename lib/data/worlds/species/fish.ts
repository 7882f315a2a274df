import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { lit } from "@/lib/data/worlds/paint/colour.ts";
import { union } from "@/lib/data/worlds/paint/combine.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, ellipse, polygon, ring } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";
import { eye } from "@/lib/data/worlds/species/parts.ts";

interface FishTraits extends Readonly<Record<string, number>> {
  readonly depth: number;
  readonly fin: number;
  readonly tail: number;
  readonly fork: number;
  readonly snout: number;
}

function drawFish(brush: Brush, { traits, coat }: Specimen<FishTraits>): void {
  const { depth, fin, tail, fork, snout } = traits;
  const fins = solid(lit(coat.mark, 0.9));
  const tailFin = polygon([[-0.55, 0], [-0.98, -tail], [-0.98 + fork, 0], [-0.98, tail]], {
    round: 0.02,
  });
  paint(brush, tailFin, { fill: fins });
  const back = [[0.3, -depth * 0.7], [0.1, -depth - fin], [-0.42, -depth * 0.5 - fin * 0.7], [
    -0.45,
    -depth * 0.2,
  ]] as const;
  paint(brush, polygon(back, { round: 0.02 }), { fill: fins });
  const belly = [[-0.05, depth * 0.8], [-0.35, depth * 0.7 + fin * 0.8], [-0.48, depth * 0.2]];
  paint(brush, polygon(belly as [number, number][], { round: 0.02 }), { fill: fins });
  const body = union([
    ellipse([0.08, 0], [0.6, depth]),
    capsule([-0.3, 0], [-0.66, 0], { width: depth * 0.55, to: 0.07 }),
    capsule([0.4, 0.02], [0.6 + snout, 0.03], { width: depth * 0.4, to: 0.06 }),
  ], { soft: 0.2 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const gill = ring([0.2, 0], depth * 0.55, { width: 0.014, open: 0.26 });
  paint(brush, gill, { fill: solid(lit(coat.base, 0.5)), rim: 0, opacity: 0.7 });
  paint(brush, ellipse([0.02, depth * 0.3], [0.16, 0.07], { angle: 0.42 }), { fill: fins });
  eye(brush, [0.46, -depth * 0.25], { size: 0.075 });
}

/** Deep-bodied fish of the reef. */
export const reefFish: Family<FishTraits> = {
  name: "reef fish",
  class: "fish",
  kingdom: "animal",
  habitats: ["water", "water", "haze", "stone"],
  upright: false,
  draw: drawFish,
  genera: [
    {
      name: "discfish",
      traits: { depth: 0.56, fin: 0.2, tail: 0.3, fork: 0.05, snout: 0.02 },
      species: {
        banded: {
          pattern: "banded",
          base: ["yellow", "white", "orange", "sky"],
          mark: ["black", "navy", "crimson"],
        },
        hooded: {
          pattern: "hooded",
          base: ["yellow", "white", "orange", "sky"],
          mark: ["black", "navy", "crimson"],
        },
      },
    },
    {
      name: "sailfin",
      traits: { depth: 0.38, fin: 0.42, tail: 0.42, fork: 0.2, snout: 0.16 },
      species: {
        netted: {
          pattern: "netted",
          base: ["yellow", "white", "azure", "sage"],
          mark: ["black", "rust", "violet"],
        },
        tailed: {
          pattern: "tailed",
          base: ["yellow", "white", "azure", "sage"],
          mark: ["black", "rust", "violet"],
        },
      },
    },
  ],
};

/** Long-bodied fish of rivers. */
export const riverFish: Family<FishTraits> = {
  name: "river fish",
  class: "fish",
  kingdom: "animal",
  habitats: ["water", "water", "haze", "stone"],
  upright: false,
  draw: drawFish,
  genera: [
    {
      name: "trout",
      traits: { depth: 0.25, fin: 0.14, tail: 0.24, fork: 0.12, snout: 0.14 },
      species: {
        spotted: {
          pattern: "spotted",
          base: ["silver", "tan", "olive", "sage"],
          mark: ["charcoal", "crimson", "umber"],
          size: 0.7,
        },
        saddled: {
          pattern: "saddled",
          base: ["silver", "tan", "cream", "sage"],
          mark: ["charcoal", "crimson", "pine"],
        },
      },
    },
    {
      name: "pike",
      traits: { depth: 0.17, fin: 0.2, tail: 0.2, fork: 0.16, snout: 0.34 },
      species: {
        striped: {
          pattern: "striped",
          base: ["silver", "tan", "olive", "sage"],
          mark: ["charcoal", "pine", "umber"],
          size: 0.55,
        },
        patched: {
          pattern: "patched",
          base: ["silver", "tan", "olive", "sage"],
          mark: ["charcoal", "pine", "umber"],
          size: 0.6,
        },
      },
    },
  ],
};
