import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, limb, mirrored } from "@/lib/worlds/species/parts.ts";

type OctopusTrait = "width" | "height" | "arm" | "spread" | "fin";

/** Arms downwards. */
function drawOctopus(brush: Brush, { traits, coat, random }: Specimen<OctopusTrait>): void {
  const { width, height, arm, spread, fin } = traits;
  const root = 0.12;
  for (const at of [-3.5, 3.5, -2.5, 2.5, -1.5, 1.5, -0.5, 0.5]) {
    const out = at / 3.5, curl = random.between(-0.2, 0.2);
    const from: Point = [out * width * 0.6, root];
    const middle: Point = [out * (width * 0.5 + spread * 0.8) - curl, root + arm * 0.35];
    const drop = arm * (1 - 0.45 * Math.abs(out) * spread);
    limb(brush, [from, middle, [out * (width * 0.4 + spread) + curl, root + drop]], {
      width: 0.085,
      to: 0.02,
      count: 5,
      fill: coat.patterned,
      rim: 0.5,
    });
  }
  const crown = root - height * 1.7;
  if (fin > 0.05) {
    const fins = polygon([[0, crown], [fin, crown + 0.3], [0, crown + 0.5], [-fin, crown + 0.3]], {
      round: 0.03,
    });
    paint(brush, fins, { fill: coat.marked, rim: 0.5 });
  }
  const mantle = union([
    ellipse([0, root - height * 0.8], [width, height]),
    ellipse([0, root], [width * 0.8, 0.16]),
  ], { soft: 0.12 });
  paint(brush, mantle, { fill: coat.patterned, shade: 0.45 });
  mirrored(brush, (half) => {
    eye(half, [width * 0.62, root - 0.06], { size: 0.08, iris: colours.gold });
  });
}

/** Octopuses and squids. */
export const octopuses = membersOf<OctopusTrait>({
  name: "octopus",
  habitats: ["water", "water", "stone", "haze"],
  upright: true,
  draw: drawOctopus,
  base: ["rust", "pink", "sand", "mauve", "orange"],
  mark: ["crimson", "violet", "umber", "cream"],
  genera: {
    "reef octopus": {
      traits: { width: 0.42, height: 0.46, arm: 0.8, spread: 0.62, fin: 0 },
      species: { ringed: ["ringed"], plain: ["plain"], patched: ["patched"] },
    },
    squid: {
      traits: { width: 0.23, height: 0.62, arm: 0.72, spread: 0.12, fin: 0.44 },
      species: { speckled: ["speckled"], banded: ["lined"], netted: ["netted", 0.8] },
    },
  },
});
