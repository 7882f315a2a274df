import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { mirrored } from "@/lib/worlds/species/parts.ts";

type SpiderTrait = "width" | "length" | "leg" | "thick" | "head";

/** From above, head upwards. */
function drawSpider(brush: Brush, { traits, coat, random }: Specimen<SpiderTrait>): void {
  const { width, length, leg, thick, head } = traits;
  const dark = solid(lit(coat.mark, 0.8));
  let gait = random.between(-0.1, 0.1);
  mirrored(brush, (half) => {
    for (const [out, rise] of [[0.55, -0.85], [0.9, -0.4], [0.9, 0.28], [0.6, 0.85]] as const) {
      const knee = [0.12 + out * leg * 0.6, -0.25 + rise * 0.35 + gait] as const;
      const foot = [0.1 + out * leg, -0.12 + rise * leg + gait] as const;
      const shape = path([[0.06, -0.24 + rise * 0.1], knee, foot], {
        width: thick,
        to: thick * 0.4,
      });
      paint(half, shape, { fill: dark });
    }
    gait = -gait; // the other side is half a step behind
    paint(half, capsule([0.06, -0.4], [0.1, -0.4 - head], { width: 0.045, to: 0.025 }), {
      fill: dark,
    });
  });
  paint(brush, ellipse([0, -0.28], [head, head * 1.1]), { fill: coat.marked, shade: 0.4 });
  const abdomen = ellipse([0, -0.1 + length], [width, length]);
  paint(brush, abdomen, { fill: coat.patterned, shade: 0.5, rim: 0.5 });
  mirrored(brush, (half) => {
    paint(half, disc([0.055, -0.28 - head * 0.75], 0.035), { fill: solid(colours.white), rim: 0 });
  });
}

/** Spiders from above. */
export const spiders = membersOf<SpiderTrait>({
  name: "spider",
  habitats: ["foliage", "litter", "stone", "bark", "haze"],
  upright: false,
  draw: drawSpider,
  base: ["gold", "cream", "tan", "rust", "silver"],
  mark: ["black", "umber", "charcoal", "crimson"],
  genera: {
    "orb weaver": {
      traits: { width: 0.42, length: 0.44, leg: 0.85, thick: 0.035, head: 0.15 },
      species: { banded: ["lined"], spotted: ["spotted"], zigzag: ["zigzag", 1.2] },
    },
    tarantula: {
      traits: { width: 0.27, length: 0.34, leg: 0.98, thick: 0.085, head: 0.25 },
      species: { plain: ["plain"], chequered: ["chequered", 0.9], striped: ["banded", 0.6] },
    },
  },
});
