import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/data/worlds/paint/colour.ts";
import { union } from "@/lib/data/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";
import { eye } from "@/lib/data/worlds/species/parts.ts";

interface PerchingTraits extends Readonly<Record<string, number>> {
  readonly head: number;
  readonly beak: number;
  readonly tail: number;
  readonly crest: number;
  readonly bulk: number;
}

function drawPerching(brush: Brush, { traits, coat, random }: Specimen<PerchingTraits>): void {
  const { head, beak, tail, crest, bulk } = traits;
  const beakFill = solid(pick(["gold", "charcoal", "rust"], random));
  const legs = solid(pick(["umber", "rust", "charcoal"], random));
  const branch = capsule([-1.3, 0.72], [1.3, random.between(0.55, 0.8)], { width: 0.07, to: 0.04 });
  paint(brush, branch, { fill: mottled(colours.brown, { seed: 5 }) });
  paint(brush, polygon([[-0.2, -0.02], [-0.3, 0.3], [-0.42 - tail, 0.62], [-0.5 - tail, 0.44]]), {
    fill: coat.marked,
  });
  for (const x of [0.02, 0.18]) {
    paint(brush, capsule([x, 0.35], [x + 0.04, 0.68], { width: 0.028 }), { fill: legs });
  }
  if (crest > 0.05) {
    const plume = polygon([[0.26, -0.55], [0.5, -0.66], [0.2 - crest * 0.3, -0.6 - crest]]);
    paint(brush, plume, { fill: coat.marked });
  }
  paint(
    brush,
    polygon([[0.42, -0.5], [0.42, -0.3], [0.52 + head * 0.5 + beak, -0.34]], { round: 0.02 }),
    { fill: beakFill },
  );
  const body = union([
    ellipse([0, 0.08], [0.46, bulk], { angle: -0.08 }),
    disc([0.38, -0.42], head),
    capsule([0.2, -0.1], [0.36, -0.36], { width: bulk * 0.7, to: head * 0.8 }),
  ], { soft: 0.15 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const wing = union([
    ellipse([-0.06, 0.08], [0.34, 0.17], { angle: 0.05 }),
    capsule([-0.1, 0.14], [-0.52, 0.32], { width: 0.11, to: 0.03 }),
  ], { soft: 0.1 });
  paint(brush, wing, { fill: coat.marked, rim: 0.45 });
  eye(brush, [0.45, -0.46], { size: 0.06, iris: colours.white });
}

/** Small birds on a branch. */
export const perchingBirds: Family<PerchingTraits> = {
  name: "perching bird",
  class: "bird",
  kingdom: "animal",
  habitats: ["foliage", "sky", "haze", "foliage", "snowfield"],
  upright: true,
  draw: drawPerching,
  genera: [
    {
      name: "finch",
      traits: { head: 0.25, beak: 0.18, tail: 0.25, crest: 0.001, bulk: 0.34 },
      species: {
        hooded: {
          pattern: "hooded",
          base: ["tan", "yellow", "silver", "sage"],
          mark: ["black", "red", "navy"],
        },
        speckled: {
          pattern: "speckled",
          base: ["tan", "yellow", "silver", "sage"],
          mark: ["black", "red", "navy"],
        },
      },
    },
    {
      name: "crested jay",
      traits: { head: 0.2, beak: 0.3, tail: 0.56, crest: 0.36, bulk: 0.25 },
      species: {
        plain: {
          pattern: "plain",
          base: ["azure", "cream", "rust", "grey"],
          mark: ["black", "navy", "brown"],
        },
        banded: {
          pattern: "banded",
          base: ["azure", "cream", "rust", "grey"],
          mark: ["black", "navy", "brown"],
          size: 0.6,
        },
      },
    },
  ],
};

interface RaptorTraits extends Readonly<Record<string, number>> {
  readonly span: number;
  readonly chord: number;
  readonly sweep: number;
  readonly fan: number;
}

/** From below, wings spread. */
function drawRaptor(brush: Brush, { traits, coat, random }: Specimen<RaptorTraits>): void {
  const { span, chord, sweep, fan } = traits;
  const lift = random.between(-0.15, 0.15);
  const tail = polygon([[-0.06, 0.2], [0.06, 0.2], [fan, 0.72], [0, 0.78], [-fan, 0.72]]);
  paint(brush, tail, { fill: coat.marked });
  for (const side of [-1, 1]) {
    const tip = side * span;
    const wing = polygon([
      [side * 0.05, -0.26],
      [tip * 0.5, -0.3 - chord * 0.3 + lift],
      [tip, -0.2 + sweep + lift],
      [tip * 0.92, -0.08 + sweep + lift],
      [tip * 0.55, -0.26 + chord + lift],
      [side * 0.05, 0.18],
    ], { round: 0.025 });
    paint(brush, wing, { fill: coat.patterned, shade: 0.3 });
    for (let finger = 0; finger < 4; finger++) {
      const from = [tip * (0.9 - finger * 0.06), -0.15 + sweep * 0.9 + lift] as const;
      const to = [tip * (1.05 - finger * 0.06), sweep + lift + finger * 0.06 - 0.05] as const;
      paint(brush, capsule(from, to, { width: 0.035, to: 0.015 }), { fill: solid(coat.mark) });
    }
  }
  const body = union([
    ellipse([0, 0], [0.13, 0.34]),
    disc([0, -0.36], 0.12),
  ], { soft: 0.08 });
  paint(brush, body, { fill: coat.plain, shade: 0.35 });
  const beak = polygon([[-0.04, -0.46], [0.04, -0.46], [0.01, -0.56]]);
  paint(brush, beak, { fill: solid(lit(colours.gold, 0.9)) });
}

/** Birds of prey in flight. */
export const raptors: Family<RaptorTraits> = {
  name: "raptor",
  class: "bird",
  kingdom: "animal",
  habitats: ["sky", "sky", "meadow", "haze", "dryland"],
  upright: false,
  draw: drawRaptor,
  genera: [
    {
      name: "buzzard",
      traits: { span: 0.88, chord: 0.5, sweep: 0.06, fan: 0.32 },
      species: {
        speckled: {
          pattern: "speckled",
          base: ["cream", "tan", "silver"],
          mark: ["umber", "charcoal", "rust"],
        },
        banded: {
          pattern: "banded",
          base: ["cream", "tan", "silver"],
          mark: ["umber", "charcoal", "rust"],
          size: 0.6,
        },
      },
    },
    {
      name: "falcon",
      traits: { span: 0.98, chord: 0.28, sweep: 0.42, fan: 0.12 },
      species: {
        striped: {
          pattern: "striped",
          base: ["cream", "tan", "silver"],
          mark: ["umber", "charcoal", "slate"],
          size: 0.5,
        },
        plain: {
          pattern: "plain",
          base: ["slate", "brown", "rust"],
          mark: ["umber", "charcoal", "black"],
        },
      },
    },
  ],
};
