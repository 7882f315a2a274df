import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { cosine, sine } from "@/lib/worlds/paint/math.ts";
import { capsule, disc } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type StarfishTrait = "arms" | "width" | "tip" | "disc";

/** From above. */
function drawStarfish(brush: Brush, { traits, coat, random }: Specimen<StarfishTrait>): void {
  const arms = traits.arms < 7 ? 5 : Math.round(traits.arms), turn = random.uniform();
  const rays = Array.from({ length: arms }, (_, i) => {
    const angle = turn + i / arms + random.between(-0.12, 0.12) / arms;
    const reach = random.between(0.82, 0.95);
    return { x: reach * cosine(angle), y: reach * sine(angle) };
  });
  const body = union([
    disc([0, 0], traits.disc),
    ...rays.map(({ x, y }) => capsule([0, 0], [x, y], { width: traits.width, to: traits.tip })),
  ], { soft: 0.06 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4, rim: 0.5 });
  const groove = solid(lit(coat.base, 0.55));
  for (const { x, y } of rays) {
    const line = capsule([x * 0.1, y * 0.1], [x * 0.8, y * 0.8], { width: 0.014, to: 0.006 });
    paint(brush, line, { fill: groove, rim: 0, opacity: 0.7 });
  }
}

/** Starfish from above. */
export const starfish = membersOf<StarfishTrait>({
  name: "starfish",
  habitats: ["stone", "water", "dryland", "stone", "haze"],
  upright: false,
  draw: drawStarfish,
  base: ["orange", "red", "mauve", "sand", "azure"],
  mark: ["crimson", "navy", "cream", "umber"],
  genera: {
    "sea star": {
      traits: { arms: 5, width: 0.32, tip: 0.06, disc: 0.3 },
      species: { spotted: ["spotted"], plain: ["plain"], netted: ["netted"] },
    },
    "sun star": {
      traits: { arms: 11, width: 0.14, tip: 0.04, disc: 0.42 },
      species: { ringed: ["ringed"], speckled: ["speckled", 1.2], patched: ["patched"] },
    },
  },
});
