import { type Brush, paint, place } from "@/lib/data/worlds/paint/brush.ts";
import { pick } from "@/lib/data/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/data/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";

interface DaisyTraits extends Readonly<Record<string, number>> {
  readonly petals: number;
  readonly length: number;
  readonly width: number;
  readonly disc: number;
}

function drawDaisy(brush: Brush, { traits, coat, random }: Specimen<DaisyTraits>): void {
  const count = Math.round(traits.petals), heart = traits.disc;
  const green = pick(["leaf", "green", "olive"], random);
  const lean = random.between(-0.3, 0.3);
  paint(brush, path(curve([[0, -0.2], [lean * 0.2, 0.4], [lean, 1.3]]), { width: 0.045 }), {
    fill: solid(green),
  });
  for (const side of [-1, 1]) {
    const leaf = ellipse([lean * 0.5 + side * 0.28, 0.72], [0.3, 0.1], { angle: side * -0.08 });
    paint(brush, leaf, { fill: mottled(green, { seed: 3 }) });
  }
  const face = place(brush, {
    y: -0.2,
    stretch: random.between(0.6, 1),
    angle: random.between(-0.06, 0.06),
    scale: 0.95,
  });
  const turn = random.uniform();
  for (let i = 0; i < count; i++) {
    const angle = turn + i / count;
    const petal = place(face, { angle });
    const shape = ellipse([heart + traits.length * 0.42, 0], [traits.length * 0.55, traits.width]);
    paint(petal, shape, { fill: coat.patterned, rim: 0.55, shade: 0.15 });
  }
  const centre = pick(["gold", "umber", "yellow", "charcoal"], random);
  paint(face, disc([0, 0], heart), {
    fill: mottled(centre, { seed: 9, cell: 0.06, strength: 0.5 }),
    shade: 0.4,
  });
}

/** Open flowers with petals about a disc. */
export const daisies: Family<DaisyTraits> = {
  name: "daisy family",
  class: "flower",
  kingdom: "plant",
  habitats: ["foliage", "meadow", "haze", "foliage", "litter"],
  upright: true,
  draw: drawDaisy,
  genera: [
    {
      name: "daisy",
      traits: { petals: 15, length: 0.55, width: 0.085, disc: 0.24 },
      species: {
        plain: {
          pattern: "plain",
          base: ["white", "yellow", "pink", "mauve"],
          mark: ["crimson", "violet", "orange"],
        },
        tipped: {
          pattern: "hooded",
          base: ["white", "yellow", "pink", "mauve"],
          mark: ["crimson", "violet", "orange"],
          size: 0.1,
        },
      },
    },
    {
      name: "anemone",
      traits: { petals: 6, length: 0.62, width: 0.26, disc: 0.15 },
      species: {
        spotted: {
          pattern: "speckled",
          base: ["white", "yellow", "pink", "mauve"],
          mark: ["crimson", "violet", "orange"],
        },
        striped: {
          pattern: "striped",
          base: ["white", "yellow", "pink", "mauve"],
          mark: ["crimson", "violet", "orange"],
          size: 0.6,
        },
      },
    },
  ],
};

interface TulipTraits extends Readonly<Record<string, number>> {
  readonly height: number;
  readonly width: number;
  readonly flare: number;
  readonly leaf: number;
}

function drawTulip(brush: Brush, { traits, coat, random }: Specimen<TulipTraits>): void {
  const { height, width, flare, leaf } = traits;
  const green = pick(["leaf", "green", "olive", "sage"], random);
  const lean = random.between(-0.2, 0.2);
  paint(brush, path(curve([[0, 0], [lean * 0.3, 0.5], [lean, 1.3]]), { width: 0.05 }), {
    fill: solid(green),
  });
  for (const side of [-1, 1]) {
    const blade = path(
      curve([[lean, 1.2], [lean + side * leaf * 0.5, 0.8], [lean + side * leaf, 0.25]], {
        count: 5,
      }),
      { width: 0.12, to: 0.015 },
    );
    paint(brush, blade, { fill: mottled(green, { seed: 4 }), rim: 0.4 });
  }
  for (const side of [-1, 1]) {
    const petal = union([
      ellipse([side * width * 0.5, 0.05 - height * 0.4], [width * 0.5, height * 0.5], {
        angle: side * 0.03,
      }),
      capsule([side * width * 0.7, -height * 0.5], [side * (width * 0.8 + flare), -height * 0.95], {
        width: width * 0.28,
        to: 0.02,
      }),
    ], { soft: 0.1 });
    paint(brush, petal, { fill: coat.marked, rim: 0.5 });
  }
  const front = polygon([
    [-width * 0.55, -0.02],
    [-width * 0.5, -height * 0.5],
    [0, -height * 1.02],
    [
      width * 0.5,
      -height * 0.5,
    ],
    [width * 0.55, -0.02],
    [0, 0.1],
  ], { round: 0.08 });
  paint(brush, front, { fill: coat.patterned, rim: 0.5, shade: 0.35 });
}

/** Cup-shaped flowers. */
export const tulips: Family<TulipTraits> = {
  name: "tulip family",
  class: "flower",
  kingdom: "plant",
  habitats: ["foliage", "meadow", "haze", "foliage", "litter"],
  upright: true,
  draw: drawTulip,
  genera: [
    {
      name: "tulip",
      traits: { height: 0.75, width: 0.5, flare: 0.02, leaf: 0.5 },
      species: {
        plain: {
          pattern: "plain",
          base: ["red", "yellow", "pink", "violet"],
          mark: ["crimson", "mauve", "orange"],
        },
        flamed: {
          pattern: "banded",
          base: ["white", "yellow", "pink", "cream"],
          mark: ["crimson", "violet", "orange"],
          size: 0.8,
        },
      },
    },
    {
      name: "fritillary",
      traits: { height: 0.55, width: 0.34, flare: 0.36, leaf: 0.85 },
      species: {
        chequered: {
          pattern: "netted",
          base: ["white", "yellow", "pink", "cream"],
          mark: ["crimson", "violet", "orange"],
          size: 0.7,
        },
        tipped: {
          pattern: "saddled",
          base: ["white", "yellow", "pink", "cream"],
          mark: ["crimson", "violet", "orange"],
          size: 14,
        },
      },
    },
  ],
};
