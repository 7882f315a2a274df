import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { sine } from "@/lib/worlds/paint/math.ts";
import { capsule, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye } from "@/lib/worlds/species/parts.ts";

type SnakeTrait = "width" | "waves" | "swing" | "head";

function drawSnake(brush: Brush, { traits, coat, random }: Specimen<SnakeTrait>): void {
  const { width, waves, swing, head } = traits;
  const start = random.uniform(), segments = 16;
  const points = Array.from({ length: segments + 1 }, (_, i): Point => {
    const t = i / segments;
    return [0.85 - 1.75 * t, swing * (0.5 + 0.5 * t) * sine(start + waves * t)];
  });
  const body = union(
    points.slice(1).map((point, i) =>
      capsule(points[i]!, point, {
        width: width * (1.08 - (i / segments) * (i / segments)),
        to: width * (1.08 - ((i + 1) / segments) * ((i + 1) / segments)),
      })
    ),
  );
  paint(brush, body, { fill: coat.patterned, shade: 0.2, rim: 0.5 });
  const [x, y] = points[0]!;
  paint(brush, capsule([x + 0.1, y], [x + 0.26, y + 0.02], { width: 0.012 }), {
    fill: solid(colours.red),
    rim: 0,
  });
  paint(brush, ellipse([x, y], [head * 1.35, head]), { fill: coat.plain, rim: 0.45 });
  eye(brush, [x + head * 0.4, y - head * 0.4], { size: head * 0.28, iris: colours.gold });
}

/** Snakes at full length. */
export const snakes = membersOf<SnakeTrait>({
  name: "snake",
  habitats: ["litter", "dryland", "stone", "foliage", "haze"],
  upright: false,
  draw: drawSnake,
  base: ["tan", "sand", "olive", "rust", "lime"],
  mark: ["umber", "black", "crimson"],
  genera: {
    viper: {
      traits: { width: 0.15, waves: 1.4, swing: 0.32, head: 0.16 },
      species: { banded: ["banded", 0.8], patched: ["patched", 0.6], zigzag: ["zigzag"] },
    },
    whipsnake: {
      traits: { width: 0.085, waves: 2.4, swing: 0.46, head: 0.095 },
      species: { plain: ["plain"], spotted: ["spotted", 0.6], hooded: ["hooded"] },
    },
  },
});
