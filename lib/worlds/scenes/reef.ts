import type { Random } from "@/lib/base/random.ts";
import { blades, earth, seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { blend, mottled } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc } from "@/lib/worlds/paint/shape.ts";
import { slope } from "@/lib/worlds/paint/texture.ts";
import { stand } from "@/lib/worlds/scenes/props.ts";

const corals: readonly ColourName[] = ["pink", "orange", "violet", "red", "gold", "teal"];

/** Paints a reef under water: corals on the bottom, a shoal above. */
export function paintReef(brush: Brush, random: Random): void {
  const colour = pick(["azure", "teal", "blue"], random);
  wash(brush, blend(lit(colour, 1.5), lit(colour, 0.6), { by: slope({ from: 0, to: 1 }) }));
  const bottom = random.between(0.68, 0.82);
  earth(brush, random, { y: bottom, colour: pick(["sand", "stone", "sage"], random) });
  blades(brush, random, { y: bottom + 0.1, tall: 0.4, count: 6, colour: colours.olive });
  for (let i = 5 + random.integer(5); i > 0; i--) {
    const x = random.uniform(), y = random.between(bottom, 1), size = random.between(0.06, 0.14);
    const fill = mottled(pick(corals, random), {
      seed: seedFrom(random),
      cell: 0.02,
      strength: 0.4,
    });
    if (random.uniform() < 0.4) {
      paint(brush, disc([x, y], size), { fill, shade: 0.4 });
      continue;
    }
    const branches = union(Array.from({ length: 5 }, (_, k) => {
      const lean = (k - 2) * 0.5 + random.between(-0.2, 0.2);
      return capsule([x, y], [x + lean * size, y - size * random.between(1.2, 2)], {
        width: 0.02,
        to: 0.012,
      });
    }));
    paint(brush, branches, { fill });
  }
  for (let i = 4 + random.integer(6); i > 0; i--) {
    stand(brush, random, {
      of: ["reef fish"],
      x: random.uniform(),
      y: random.between(0.15, 0.8),
      size: random.between(0.05, 0.12),
      shade: false,
    });
  }
}
