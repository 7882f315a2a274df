import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { around } from "@/lib/worlds/species/parts.ts";

type PuffballTrait = "radius" | "squash" | "base" | "rays" | "ray";

/** A ball with a pore, on a stub or on the rays of the skin that it burst. */
function drawPuffball(brush: Brush, { traits, coat, random }: Specimen<PuffballTrait>): void {
  const { radius, squash, base, ray } = traits;
  const ground = 0.85, burst = ray > 0.05;
  const middle = ground - (burst ? 0.2 : base) - radius * squash, lean = random.between(-0.1, 0.1);
  const ball = ellipse([lean, middle], [radius, radius * squash]);
  const stub = capsule([lean, middle], [0, ground], { width: radius * 0.5, to: radius * 0.42 });
  if (burst) {
    const skin = place(brush, { y: ground - 0.3, stretch: 0.42 });
    const lobe = polygon([[0, -0.3], [radius + ray, 0], [0, 0.3]], { round: 0.03 });
    around(skin, { count: Math.round(traits.rays), turn: random.uniform() }, (part) => {
      paint(part, lobe, { fill: coat.marked, rim: 0.5, shade: 0.4 });
    });
  }
  const figure = burst ? ball : union([ball, stub], { soft: 0.15 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.5, rim: 0.45 });
  const top = middle - radius * squash * 0.8;
  paint(brush, disc([lean, top], 0.09), { fill: coat.plain, rim: 0.6 });
  paint(brush, ellipse([lean, top], [0.05, 0.035]), { fill: solid(lit(coat.base, 0.25)), rim: 0 });
}

/** Puffballs and earthstars. */
export const puffballs = membersOf<PuffballTrait>({
  name: "puffball",
  habitats: ["litter", "litter", "meadow", "haze", "dryland"],
  upright: true,
  draw: drawPuffball,
  base: ["cream", "white", "tan", "sand", "stone"],
  mark: ["umber", "brown", "charcoal", "rust"],
  genera: {
    "pear puffball": {
      traits: { radius: 0.56, squash: 0.85, base: 0.32, rays: 0, ray: 0 },
      species: { speckled: ["speckled", 1.2], netted: ["netted"], plain: ["plain"] },
    },
    earthstar: {
      traits: { radius: 0.46, squash: 1, base: 0.1, rays: 7, ray: 0.45 },
      species: { scaly: ["scaly"], patched: ["patched"], banded: ["banded", 0.7] },
    },
  },
});
