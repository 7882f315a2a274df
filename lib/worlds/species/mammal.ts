import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, limb } from "@/lib/worlds/species/parts.ts";

/** `antler` below 0.05 means none. */
type MammalTrait = "leg" | "bulk" | "neck" | "muzzle" | "ear" | "tail" | "antler";

/** From the side, standing or in mid-stride. */
function drawMammal(brush: Brush, { traits, coat, random }: Specimen<MammalTrait>): void {
  const { leg, bulk, neck, muzzle, ear, tail, antler } = traits;
  const stride = random.between(0, 0.16), foot = 0.85, hip = foot - leg;
  const body = hip - bulk * 0.5;
  const head: Point = [0.5 + neck * 0.35, body - bulk * 0.4 - neck + random.between(-0.05, 0.1)];
  const thick = 0.05 + bulk * 0.12;
  const legAt = (x: number, step: number) =>
    path([[x, hip - 0.05], [x + step * 0.4 - 0.02, hip + leg * 0.5], [x + step, foot]], {
      width: thick * 1.3,
      to: thick * 0.6,
    });
  const far = solid(lit(coat.base, 0.55));
  paint(brush, legAt(-0.36, -stride), { fill: far });
  paint(brush, legAt(0.32, -stride), { fill: far });
  const rump: Point = [-0.5, body - bulk * 0.3];
  const swish = random.between(-0.3, 0.3);
  const tip: Point = [-0.55 - tail * 0.6, rump[1] + tail * (0.4 + swish)];
  limb(brush, [rump, [-0.6 - tail * 0.5, rump[1] - tail * 0.2], tip], {
    width: 0.06,
    to: 0.035,
    fill: coat.marked,
  });
  const ears = [head[0] - 0.08, head[1] - 0.1] as const;
  const earAt = (lean: number) =>
    capsule(ears, [ears[0] - ear * 0.3 + lean, ears[1] - ear], { width: 0.06, to: 0.03 });
  paint(brush, earAt(0.12), { fill: far });
  if (antler > 0.05) {
    for (const lean of [-0.12, 0.08]) {
      const root = [head[0] - 0.05, head[1] - 0.1] as const;
      const tip = [root[0] + lean - 0.15, root[1] - antler] as const;
      const middle = [root[0] + lean - 0.18, root[1] - antler * 0.5] as const;
      const beam = union([
        path(curve([root, middle, tip]), { width: 0.028, to: 0.012 }),
        capsule(middle, [middle[0] + 0.2, middle[1] - antler * 0.35], { width: 0.02, to: 0.01 }),
        capsule(middle, [middle[0] - 0.12, middle[1] - antler * 0.2], { width: 0.02, to: 0.01 }),
      ]);
      paint(brush, beam, { fill: solid(colours.tan) });
    }
  }
  const figure = union([
    ellipse([-0.32, body], [0.26, bulk]),
    ellipse([0.28, body - 0.02], [0.26, bulk * 1.02]),
    ellipse([0, body], [0.5, bulk * 0.82]),
    capsule([0.34, body - bulk * 0.4], [head[0] - 0.03, head[1] + 0.04], {
      width: bulk * 0.6,
      to: 0.1,
    }),
    disc(head, 0.13),
    capsule(head, [head[0] + muzzle, head[1] + 0.09], { width: 0.11, to: 0.065 }),
    legAt(-0.26, stride),
    legAt(0.24, stride),
  ], { soft: 0.12 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.35 });
  paint(brush, earAt(0), { fill: coat.plain });
  paint(brush, disc([head[0] + muzzle + 0.04, head[1] + 0.07], 0.04), {
    fill: solid(colours.black),
  });
  eye(brush, [head[0] + 0.05, head[1] - 0.03], { size: 0.035, iris: lit(coat.base, 0.5) });
}

/** Hoofed mammals: long legs and necks. */
export const hoofed = membersOf<MammalTrait>({
  name: "hoofed mammal",
  habitats: ["meadow", "meadow", "snowfield", "dryland", "haze"],
  upright: true,
  draw: drawMammal,
  base: ["tan", "rust", "cream", "stone", "white"],
  mark: ["black", "umber", "charcoal", "white"],
  genera: {
    deer: {
      traits: { leg: 0.62, bulk: 0.2, neck: 0.34, muzzle: 0.2, ear: 0.18, tail: 0.1, antler: 0.42 },
      species: { spotted: ["spotted", 0.6], plain: ["plain"], saddled: ["saddled", 5] },
    },
    "wild horse": {
      traits: { leg: 0.56, bulk: 0.26, neck: 0.4, muzzle: 0.28, ear: 0.14, tail: 0.62, antler: 0 },
      species: { banded: ["banded", 0.6], patched: ["patched"], tailed: ["tailed"] },
    },
  },
});

/** Cats: low, long-tailed. */
export const cats = membersOf<MammalTrait>({
  name: "cat",
  habitats: ["meadow", "litter", "snowfield", "dryland", "foliage"],
  upright: true,
  draw: drawMammal,
  base: ["gold", "sand", "stone", "cream", "silver"],
  mark: ["black", "umber", "brown", "charcoal"],
  genera: {
    leopard: {
      traits: { leg: 0.4, bulk: 0.24, neck: 0.06, muzzle: 0.08, ear: 0.09, tail: 0.75, antler: 0 },
      species: { ringed: ["ringed", 0.6], banded: ["banded", 0.5], netted: ["netted", 0.8] },
    },
    lynx: {
      traits: { leg: 0.5, bulk: 0.22, neck: 0.06, muzzle: 0.06, ear: 0.2, tail: 0.22, antler: 0 },
      species: { speckled: ["speckled"], saddled: ["saddled", 6], striped: ["striped", 0.8] },
    },
  },
});

/** Bears: heavy, with hardly a tail. */
export const bears = membersOf<MammalTrait>({
  name: "bear",
  habitats: ["meadow", "litter", "snowfield", "stone", "foliage"],
  upright: true,
  draw: drawMammal,
  base: ["brown", "cream", "umber", "white", "tan"],
  mark: ["black", "rust", "charcoal", "sand"],
  genera: {
    grizzly: {
      traits: { leg: 0.4, bulk: 0.38, neck: 0.04, muzzle: 0.2, ear: 0.1, tail: 0.05, antler: 0 },
      species: { plain: ["plain"], hooded: ["hooded"], patched: ["patched", 0.8] },
    },
    "sloth bear": {
      traits: { leg: 0.46, bulk: 0.28, neck: 0.03, muzzle: 0.3, ear: 0.12, tail: 0.1, antler: 0 },
      species: { belted: ["belted", 1.2], pied: ["pied"], lined: ["lined"] },
    },
  },
});
