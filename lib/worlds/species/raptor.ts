import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type RaptorTrait = "span" | "chord" | "sweep" | "fan";

/** From below, wings spread. */
function drawRaptor(brush: Brush, { traits, coat, random }: Specimen<RaptorTrait>): void {
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
export const raptors = membersOf<RaptorTrait>({
  name: "raptor",
  habitats: ["sky", "sky", "meadow", "haze", "dryland"],
  upright: false,
  draw: drawRaptor,
  base: ["cream", "tan", "silver", "rust"],
  mark: ["umber", "charcoal", "slate", "black"],
  genera: {
    buzzard: {
      traits: { span: 0.88, chord: 0.5, sweep: 0.06, fan: 0.32 },
      species: { speckled: ["speckled"], banded: ["banded", 0.6], chequered: ["chequered", 0.8] },
    },
    falcon: {
      traits: { span: 0.98, chord: 0.28, sweep: 0.42, fan: 0.12 },
      species: { striped: ["striped", 0.7], plain: ["plain"], scaly: ["scaly", 0.8] },
    },
  },
});
