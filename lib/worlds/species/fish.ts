import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse, polygon, ring } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye } from "@/lib/worlds/species/parts.ts";

type FishTrait = "depth" | "fin" | "tail" | "fork" | "snout";

function drawFish(brush: Brush, { traits, coat }: Specimen<FishTrait>): void {
  const { depth, fin, tail, fork, snout } = traits;
  const fill = solid(lit(coat.mark, 0.9));
  const caudal = [[-0.55, 0], [-0.98, -tail], [-0.98 + fork, 0], [-0.98, tail]] as const;
  const back = [-0.42, -depth * 0.5 - fin * 0.7] as const;
  const dorsal = [[0.3, -depth * 0.7], [0.1, -depth - fin], back, [-0.45, -depth * 0.2]] as const;
  const anal = [[-0.05, depth * 0.8], [-0.35, depth * 0.7 + fin * 0.8], [
    -0.48,
    depth * 0.2,
  ]] as const;
  for (const outline of [caudal, dorsal, anal]) {
    paint(brush, polygon(outline, { round: 0.02 }), { fill });
  }
  const body = union([
    ellipse([0.08, 0], [0.6, depth]),
    capsule([-0.3, 0], [-0.66, 0], { width: depth * 0.55, to: 0.07 }),
    capsule([0.4, 0.02], [0.6 + snout, 0.03], { width: depth * 0.4, to: 0.06 }),
  ], { soft: 0.2 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const gill = ring([0.2, 0], depth * 0.55, { width: 0.014, open: 0.26 });
  paint(brush, gill, { fill: solid(lit(coat.base, 0.5)), rim: 0, opacity: 0.7 });
  paint(brush, ellipse([0.02, depth * 0.3], [0.16, 0.07], { angle: 0.42 }), { fill });
  eye(brush, [0.46, -depth * 0.25], { size: 0.075 });
}

const common = {
  habitats: ["water", "water", "haze", "stone"],
  upright: false,
  draw: drawFish,
} as const;

/** Deep-bodied fish of the reef. */
export const reefFish = membersOf<FishTrait>({
  ...common,
  name: "reef fish",
  base: ["yellow", "white", "orange", "sky", "azure"],
  mark: ["black", "navy", "crimson", "violet"],
  genera: {
    discfish: {
      traits: { depth: 0.56, fin: 0.2, tail: 0.3, fork: 0.05, snout: 0.02 },
      species: { banded: ["banded"], hooded: ["hooded"], chequered: ["chequered"] },
    },
    sailfin: {
      traits: { depth: 0.38, fin: 0.42, tail: 0.42, fork: 0.2, snout: 0.16 },
      species: { netted: ["netted"], tailed: ["tailed"], lined: ["lined"] },
    },
  },
});

/** Long-bodied fish of rivers. */
export const riverFish = membersOf<FishTrait>({
  ...common,
  name: "river fish",
  base: ["silver", "tan", "olive", "sage", "cream"],
  mark: ["charcoal", "crimson", "umber", "pine"],
  genera: {
    trout: {
      traits: { depth: 0.3, fin: 0.14, tail: 0.24, fork: 0.12, snout: 0.08 },
      species: { spotted: ["spotted", 0.7], saddled: ["saddled"], scaly: ["scaly", 0.7] },
    },
    pike: {
      traits: { depth: 0.16, fin: 0.24, tail: 0.2, fork: 0.16, snout: 0.38 },
      species: { striped: ["striped", 0.7], patched: ["patched", 0.6], belted: ["belted"] },
    },
  },
});
