import { type Brush, paint, place } from "@/lib/data/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/data/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/data/worlds/paint/combine.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";

interface ButterflyTraits extends Readonly<Record<string, number>> {
  readonly fore: number;
  readonly hind: number;
  readonly width: number;
  readonly tail: number;
}

/** From above, head upwards, both sides alike. */
function drawButterfly(brush: Brush, { traits, coat, random }: Specimen<ButterflyTraits>): void {
  const { fore, hind, width, tail } = traits;
  const closed = random.between(0.75, 1); // how far the wings are open
  const dark = solid(lit(coat.mark, 0.6));
  for (const flip of [false, true]) {
    const half = place(brush, { flip, stretch: 1 / closed, scale: closed });
    if (tail > 0.05) {
      paint(half, capsule([0.35, 0.45], [0.42, 0.55 + tail], { width: 0.07, to: 0.02 }), {
        fill: dark,
      });
    }
    const hindWing = ellipse([0.36, 0.32], [hind, hind * 0.78], { angle: 0.12 });
    paint(half, hindWing, { fill: coat.patterned, rim: 0.5 });
    const foreWing = union([
      ellipse([0.46, -0.24], [fore, width], { angle: -0.1 }),
      capsule([0.05, -0.1], [0.3 + fore * 0.7, -0.5], { width: 0.06 }),
    ], { soft: 0.15 });
    paint(half, foreWing, { fill: coat.patterned, rim: 0.55 });
    const feeler = path(curve([[0.02, -0.35], [0.06, -0.6], [0.22, -0.75]]), { width: 0.014 });
    paint(half, feeler, { fill: solid(colours.black) });
  }
  const body = union([ellipse([0, 0.1], [0.065, 0.42]), disc([0, -0.34], 0.085)]);
  paint(brush, body, { fill: dark });
}

/** Butterflies with open wings. */
export const butterflies: Family<ButterflyTraits> = {
  name: "butterfly",
  class: "insect",
  kingdom: "animal",
  habitats: ["foliage", "foliage", "haze", "stone", "litter"],
  upright: false,
  draw: drawButterfly,
  genera: [
    {
      name: "roundwing",
      traits: { fore: 0.46, hind: 0.42, width: 0.36, tail: 0.01 },
      species: {
        ringed: {
          pattern: "ringed",
          base: ["orange", "cream", "sky", "lime"],
          mark: ["black", "umber", "violet"],
        },
        striped: {
          pattern: "striped",
          base: ["orange", "cream", "sky", "lime"],
          mark: ["black", "umber", "violet"],
        },
      },
    },
    {
      name: "swallowtail",
      traits: { fore: 0.52, hind: 0.34, width: 0.23, tail: 0.36 },
      species: {
        netted: {
          pattern: "netted",
          base: ["yellow", "white", "azure", "rust"],
          mark: ["black", "navy", "brown"],
        },
        tipped: {
          pattern: "hooded",
          base: ["yellow", "white", "azure", "rust"],
          mark: ["black", "navy", "brown"],
          size: 3,
        },
      },
    },
  ],
};

interface BeetleTraits extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly length: number;
  readonly feeler: number;
  readonly horn: number;
}

/** From above, head upwards. */
function drawBeetle(brush: Brush, { traits, coat, random }: Specimen<BeetleTraits>): void {
  const { width, length, feeler, horn } = traits;
  const black = solid(colours.black);
  const gait = random.between(-0.08, 0.08);
  for (const side of [-1, 1]) {
    for (const [i, y] of [-0.22, 0.1, 0.42].entries()) {
      const reach = width + 0.32, bend = y + (i - 1) * 0.25 + gait * side;
      const leg = path([[side * width * 0.6, y], [side * (width + 0.16), bend - 0.06], [
        side * reach,
        bend + (i - 0.6) * 0.2,
      ]], { width: 0.04, to: 0.02 });
      paint(brush, leg, { fill: black });
    }
    const antenna = path(
      curve([[side * 0.08, -0.62], [side * 0.2, -0.75 - feeler * 0.3], [
        side * (0.2 + feeler * 0.6),
        -0.7 - feeler * 0.3,
      ]]),
      { width: 0.022 },
    );
    paint(brush, antenna, { fill: black });
    if (horn > 0.05) {
      const jaw = path(
        curve([[side * 0.08, -0.68], [side * 0.3, -0.75 - horn * 0.5], [side * 0.05, -0.7 - horn]]),
        { width: 0.05, to: 0.015 },
      );
      paint(brush, jaw, { fill: black });
    }
  }
  paint(brush, disc([0, -0.6], 0.16), { fill: black, shade: 0.4 });
  paint(brush, ellipse([0, -0.4], [width * 0.72, 0.2]), { fill: coat.marked, shade: 0.5 });
  const shell = ellipse([0, 0.2], [width, length]);
  paint(brush, shell, { fill: coat.patterned, shade: 0.55, rim: 0.5 });
  paint(brush, capsule([0, 0.2 - length], [0, 0.2 + length], { width: 0.016 }), {
    fill: black,
    rim: 0,
  });
  const shine = ellipse([-width * 0.4, -0.05], [width * 0.18, length * 0.3], { angle: 0.03 });
  paint(brush, shine, { fill: solid(colours.white), opacity: 0.35, soft: 0.15, rim: 0 });
}

/** Beetles from above. */
export const beetles: Family<BeetleTraits> = {
  name: "beetle",
  class: "insect",
  kingdom: "animal",
  habitats: ["foliage", "litter", "stone", "bark", "haze"],
  upright: false,
  draw: drawBeetle,
  genera: [
    {
      name: "ladybird",
      traits: { width: 0.56, length: 0.58, feeler: 0.15, horn: 0.001 },
      species: {
        spotted: {
          pattern: "spotted",
          base: ["red", "orange", "gold", "cream"],
          mark: ["black", "navy", "crimson"],
          size: 1.3,
        },
        patched: {
          pattern: "patched",
          base: ["red", "orange", "gold", "cream"],
          mark: ["black", "navy", "crimson"],
        },
      },
    },
    {
      name: "stag beetle",
      traits: { width: 0.34, length: 0.62, feeler: 0.5, horn: 0.42 },
      species: {
        plain: {
          pattern: "plain",
          base: ["brown", "rust", "green", "navy"],
          mark: ["black", "umber", "charcoal"],
        },
        striped: {
          pattern: "banded",
          base: ["tan", "rust", "green", "azure"],
          mark: ["black", "umber", "charcoal"],
          size: 0.5,
        },
      },
    },
  ],
};
