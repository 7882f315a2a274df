import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/data/worlds/paint/colour.ts";
import { union, within } from "@/lib/data/worlds/paint/combine.ts";
import { blend, mottled, solid } from "@/lib/data/worlds/paint/fill.ts";
import { noise } from "@/lib/data/worlds/paint/noise.ts";
import { box, capsule, ellipse } from "@/lib/data/worlds/paint/shape.ts";
import { stripes } from "@/lib/data/worlds/paint/texture.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";

interface CapTraits extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly dome: number;
  readonly stalk: number;
  readonly girth: number;
}

function drawCap(brush: Brush, { traits, coat, random }: Specimen<CapTraits>): void {
  const { width, dome, stalk, girth } = traits;
  const edge = 0.9 - stalk, lean = random.between(-0.12, 0.12);
  const flesh = pick(["cream", "white", "tan"], random);
  const stem = union([
    capsule([lean, edge - 0.1], [0, 0.85], { width: girth, to: girth * 1.15 }),
    ellipse([0, 0.86], [girth * 1.5, 0.12]),
  ], { soft: 0.1 });
  paint(brush, stem, { fill: mottled(flesh, { seed: 13 }), shade: 0.4 });
  paint(brush, ellipse([lean * 0.5, edge + stalk * 0.4], [girth * 1.5, 0.06]), {
    fill: solid(lit(flesh, 0.9)),
  });
  const gill = stripes({ period: 0.07 });
  const under = ellipse([lean, edge], [width * 0.96, 0.13]);
  paint(brush, under, { fill: blend(lit(flesh, 0.45), lit(flesh, 0.8), { by: gill }), shade: 0 });
  const cap = within(
    ellipse([lean, edge], [width, dome]),
    box([lean, edge - 0.9], [2, 0.93], { round: 0.02 }),
  );
  paint(brush, cap, { fill: coat.patterned, shade: 0.5, rim: 0.4 });
}

/** Mushrooms with a stalk and a cap. */
export const capFungi: Family<CapTraits> = {
  name: "cap fungus",
  class: "mushroom",
  kingdom: "fungus",
  habitats: ["litter", "litter", "foliage", "haze", "meadow"],
  upright: true,
  draw: drawCap,
  genera: [
    {
      name: "toadstool",
      traits: { width: 0.8, dome: 0.56, stalk: 0.85, girth: 0.14 },
      species: {
        spotted: {
          pattern: "spotted",
          base: ["red", "orange", "tan", "gold"],
          mark: ["white", "cream", "umber"],
        },
        netted: {
          pattern: "netted",
          base: ["red", "orange", "tan", "gold"],
          mark: ["white", "cream", "umber"],
        },
      },
    },
    {
      name: "inkcap",
      traits: { width: 0.38, dome: 0.85, stalk: 0.8, girth: 0.1 },
      species: {
        ribbed: {
          pattern: "banded",
          base: ["cream", "silver", "tan", "stone"],
          mark: ["charcoal", "brown", "slate"],
          size: 0.35,
        },
        scaly: {
          pattern: "speckled",
          base: ["cream", "silver", "tan", "stone"],
          mark: ["charcoal", "brown", "slate"],
        },
      },
    },
  ],
};

interface ShelfTraits extends Readonly<Record<string, number>> {
  readonly shelves: number;
  readonly width: number;
  readonly thick: number;
}

/** Half-round shelves on a trunk, the trunk drawn with them. */
function drawShelf(brush: Brush, { traits, coat, random }: Specimen<ShelfTraits>): void {
  const { width, thick } = traits;
  const shelves = Math.round(traits.shelves);
  const wood = pick(["brown", "umber", "stone"], random);
  const grain = noise({ seed: random.integer(1e9), cell: 0.1, octaves: 2, stretch: 4 });
  const trunk = box([-0.62, 0], [0.42, 2]);
  paint(brush, trunk, {
    fill: blend(lit(wood, 0.6), lit(wood, 1.3), { by: (x, y) => grain(y, x) }),
    shade: 0.3,
  });
  for (let i = 0; i < shelves; i++) {
    const y = 0.75 - 1.5 * (i + 0.5) / shelves, size = width * random.between(0.75, 1.1);
    const x = -0.35 + random.between(-0.1, 0.05);
    const shelf = within(
      ellipse([x, y + thick], [size, thick * 2]),
      box([x + 1, y - 0.9], [1.3, 0.92 + thick]),
    );
    paint(brush, shelf, { fill: coat.patterned, shade: 0.45, rim: 0.5 });
    const lip = capsule([x + 0.05, y + thick * 1.05], [x + size * 0.92, y + thick * 1.05], {
      width: 0.04,
    });
    paint(brush, lip, { fill: solid(colours.cream) });
  }
}

/** Shelves on tree trunks. */
export const shelfFungi: Family<ShelfTraits> = {
  name: "shelf fungus",
  class: "bracket",
  kingdom: "fungus",
  habitats: ["foliage", "litter", "haze", "meadow", "bark"],
  upright: true,
  draw: drawShelf,
  genera: [
    {
      name: "tinder bracket",
      traits: { shelves: 2, width: 1.0, thick: 0.24 },
      species: {
        zoned: {
          pattern: "striped",
          base: ["tan", "cream", "orange", "stone"],
          mark: ["umber", "charcoal", "rust"],
          size: 0.6,
        },
        plain: {
          pattern: "plain",
          base: ["tan", "cream", "orange", "stone"],
          mark: ["umber", "charcoal", "rust"],
        },
      },
    },
    {
      name: "turkeytail",
      traits: { shelves: 5, width: 0.75, thick: 0.1 },
      species: {
        barred: {
          pattern: "banded",
          base: ["tan", "cream", "orange", "stone"],
          mark: ["umber", "charcoal", "rust"],
          size: 0.6,
        },
        speckled: {
          pattern: "speckled",
          base: ["tan", "cream", "orange", "stone"],
          mark: ["umber", "charcoal", "rust"],
        },
      },
    },
  ],
};
