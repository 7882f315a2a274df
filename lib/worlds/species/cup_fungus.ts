import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union, within } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { box, capsule, disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type CupTrait = "width" | "depth" | "stalk" | "mouth" | "eggs";

/** A bowl seen a little from above. */
function drawCup(brush: Brush, { traits, coat, random }: Specimen<CupTrait>): void {
  const { width, depth, stalk, mouth } = traits;
  const rim: Point = [0, 0.85 - stalk - depth], tilt = random.between(-0.03, 0.03);
  const bowl = union([
    within(ellipse(rim, [width, depth]), box([0, rim[1] + 1], [2, 1])),
    capsule([0, rim[1] + depth * 0.7], [0, 0.88], { width: width * 0.3, to: width * 0.2 }),
  ], { soft: 0.12 });
  paint(brush, bowl, { fill: coat.patterned, shade: 0.45, rim: 0.4 });
  paint(brush, ellipse(rim, [width * 1.04, mouth], { angle: tilt }), {
    fill: coat.plain,
    rim: 0.3,
  });
  const inside = ellipse([0, rim[1] + 0.02], [width * 0.92, mouth * 0.82], { angle: tilt });
  paint(brush, inside, { fill: mottled(lit(coat.mark, 0.85), { seed: 5 }), shade: 0.6, rim: 0.5 });
  for (let i = Math.round(traits.eggs); i > 0; i--) {
    const at: Point = [(i - 2.5) * width * 0.32, rim[1] + mouth * (i % 2 === 0 ? 0.3 : 0)];
    paint(brush, disc(at, width * 0.17), {
      fill: solid(lit(coat.base, 1.2)),
      shade: 0.6,
      rim: 0.5,
    });
  }
}

/** Cup fungi. */
export const cupFungi = membersOf<CupTrait>({
  name: "cup fungus",
  habitats: ["litter", "litter", "bark", "haze", "meadow"],
  upright: true,
  draw: drawCup,
  base: ["orange", "cream", "tan", "gold", "stone"],
  mark: ["crimson", "umber", "rust", "charcoal"],
  genera: {
    "elf cup": {
      traits: { width: 0.85, depth: 0.62, stalk: 0.35, mouth: 0.34, eggs: 0 },
      species: { plain: ["plain"], spotted: ["spotted", 0.8], lined: ["lined"] },
    },
    "bird's nest fungus": {
      traits: { width: 0.56, depth: 1.15, stalk: 0.05, mouth: 0.22, eggs: 4 },
      species: { ribbed: ["banded", 0.5], scaly: ["scaly"], dashed: ["dashed"] },
    },
  },
});
