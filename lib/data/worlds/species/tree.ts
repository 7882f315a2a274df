import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/data/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/data/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";

interface BroadleafTraits extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly height: number;
  readonly trunk: number;
  readonly lobes: number;
}

function drawBroadleaf(brush: Brush, { traits, coat, random }: Specimen<BroadleafTraits>): void {
  const { width, height, trunk } = traits;
  const bark = mottled(pick(["brown", "umber", "stone"], random), { seed: 7, cell: 0.08 });
  const middle = 1 - trunk - height;
  paint(brush, capsule([0, 1], [0, middle], { width: 0.09, to: 0.05 }), { fill: bark });
  for (const side of [-1, 1]) {
    paint(
      brush,
      capsule([0, 1 - trunk * 0.9], [side * width * 0.6, middle], { width: 0.05, to: 0.02 }),
      { fill: bark },
    );
  }
  const lobes = Math.round(traits.lobes);
  const crown = union([
    ellipse([0, middle], [width * 0.8, height * 0.85]),
    ...Array.from({ length: lobes }, () =>
      disc(
        [random.between(-0.65, 0.65) * width, middle + random.between(-0.6, 0.55) * height],
        random.between(0.28, 0.42) * Math.min(width, height),
      )),
  ], { soft: 0.05 });
  paint(brush, crown, { fill: coat.patterned, shade: 0.5, rim: 0.35 });
}

/** Trees with a round crown. */
export const broadleaves: Family<BroadleafTraits> = {
  name: "broadleaf tree",
  class: "tree",
  kingdom: "plant",
  habitats: ["meadow", "meadow", "foliage", "dryland", "snowfield"],
  upright: true,
  draw: drawBroadleaf,
  genera: [
    {
      name: "oak",
      traits: { width: 0.8, height: 0.5, trunk: 0.42, lobes: 9 },
      species: {
        plain: {
          pattern: "patched",
          base: ["leaf", "green", "olive", "gold"],
          mark: ["green", "pine", "olive"],
          size: 0.5,
        },
        fruiting: {
          pattern: "spotted",
          base: ["leaf", "green", "olive", "lime"],
          mark: ["red", "orange", "cream"],
          size: 0.8,
        },
      },
    },
    {
      name: "poplar",
      traits: { width: 0.3, height: 0.78, trunk: 0.22, lobes: 7 },
      species: {
        speckled: {
          pattern: "speckled",
          base: ["leaf", "green", "olive", "gold"],
          mark: ["lime", "pine", "cream"],
        },
        netted: {
          pattern: "netted",
          base: ["leaf", "green", "olive", "gold"],
          mark: ["umber", "pine", "rust"],
        },
      },
    },
  ],
};

interface ConiferTraits extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly tiers: number;
  readonly droop: number;
  readonly bare: number;
}

function drawConifer(brush: Brush, { traits, coat, random }: Specimen<ConiferTraits>): void {
  const { width, droop, bare } = traits;
  const tiers = Math.round(traits.tiers);
  paint(brush, capsule([0, 1], [0, -0.6], { width: 0.07, to: 0.03 }), {
    fill: mottled(pick(["brown", "umber", "rust"], random), { seed: 7, cell: 0.08 }),
  });
  const low = 0.85 - bare;
  for (let i = 0; i < tiers; i++) {
    const t = i / tiers;
    const y = low + (-0.55 - low) * t, half = width * (1 - 0.72 * t) * random.between(0.9, 1.1);
    const tall = 0.42 + 0.9 / tiers;
    const tier = polygon([[-half, y + droop], [-half * 0.5, y - 0.03], [0, y + 0.04], [
      half * 0.5,
      y - 0.03,
    ], [
      half,
      y + droop,
    ], [0, y - tall]], { round: 0.015 });
    paint(brush, tier, { fill: coat.patterned, shade: 0.4, rim: 0.45 });
  }
}

/** Cone-shaped trees. */
export const conifers: Family<ConiferTraits> = {
  name: "conifer",
  class: "tree",
  kingdom: "plant",
  habitats: ["snowfield", "meadow", "foliage", "haze", "dryland"],
  upright: true,
  draw: drawConifer,
  genera: [
    {
      name: "spruce",
      traits: { width: 0.5, tiers: 5, droop: 0.1, bare: 0.05 },
      species: {
        plain: {
          pattern: "plain",
          base: ["pine", "green", "slate", "olive"],
          mark: ["umber", "pine", "sage"],
        },
        snowy: {
          pattern: "patched",
          base: ["pine", "green", "slate", "olive"],
          mark: ["white", "silver", "sage"],
          size: 0.6,
        },
      },
    },
    {
      name: "stone pine",
      traits: { width: 0.72, tiers: 2, droop: -0.02, bare: 0.75 },
      species: {
        tufted: {
          pattern: "speckled",
          base: ["pine", "green", "slate", "olive"],
          mark: ["lime", "sage", "gold"],
        },
        striped: {
          pattern: "striped",
          base: ["pine", "green", "slate", "olive"],
          mark: ["lime", "sage", "umber"],
        },
      },
    },
  ],
};

interface PalmTraits extends Readonly<Record<string, number>> {
  readonly trunk: number;
  readonly frond: number;
  readonly fronds: number;
  readonly droop: number;
}

function drawPalm(brush: Brush, { traits, coat, random }: Specimen<PalmTraits>): void {
  const { trunk, frond, droop } = traits;
  const count = Math.round(traits.fronds);
  const lean = random.between(-0.35, 0.35), top = 1 - trunk;
  const stem = path(curve([[lean, 1], [lean * 0.2, 1 - trunk * 0.4], [0, top]]), {
    width: 0.1,
    to: 0.055,
  });
  const wood = pick(["brown", "tan", "stone"], random);
  paint(brush, stem, { fill: mottled(wood, { seed: 11, cell: 0.07, strength: 0.4 }) });
  for (let i = 0; i < count; i++) {
    const across = (2 * (i + 0.5) / count - 1) * (i % 2 === 0 ? 1 : 0.85);
    const rise = (1 - across * across) * frond * 0.8;
    const tip = [across * frond, top - rise * 0.6 + droop * across * across] as const;
    const bend = [across * frond * 0.55, top - rise - 0.16] as const;
    const leaf = path(curve([[0, top], bend, tip], { count: 5 }), { width: 0.085, to: 0.015 });
    paint(brush, leaf, { fill: coat.patterned, rim: 0.5 });
  }
  for (const x of [-0.06, 0.07]) {
    paint(brush, disc([x, top + 0.06], 0.06), { fill: solid(lit(colours.brown, 0.9)), shade: 0.5 });
  }
}

/** Palms. */
export const palms: Family<PalmTraits> = {
  name: "palm",
  class: "tree",
  kingdom: "plant",
  habitats: ["dryland", "surface", "foliage", "meadow", "haze"],
  upright: true,
  draw: drawPalm,
  genera: [
    {
      name: "coconut palm",
      traits: { trunk: 1.4, frond: 0.8, fronds: 8, droop: 0.45 },
      species: {
        plain: {
          pattern: "plain",
          base: ["leaf", "green", "olive", "lime"],
          mark: ["pine", "gold", "umber"],
        },
        banded: {
          pattern: "banded",
          base: ["leaf", "green", "olive", "lime"],
          mark: ["pine", "gold", "umber"],
          size: 0.4,
        },
      },
    },
    {
      name: "fan palm",
      traits: { trunk: 0.75, frond: 0.75, fronds: 13, droop: 0.02 },
      species: {
        tipped: {
          pattern: "saddled",
          base: ["leaf", "green", "olive", "lime"],
          mark: ["pine", "gold", "rust"],
          size: 6,
        },
        speckled: {
          pattern: "speckled",
          base: ["leaf", "green", "olive", "lime"],
          mark: ["pine", "gold", "umber"],
        },
      },
    },
  ],
};
