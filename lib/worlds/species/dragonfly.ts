import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb, mirrored } from "@/lib/worlds/species/parts.ts";

type DragonflyTrait = "wing" | "chord" | "sweep" | "girth" | "tail";

/** From above, head upwards. */
function drawDragonfly(brush: Brush, { traits, coat, random }: Specimen<DragonflyTrait>): void {
  const { wing, chord, sweep, girth, tail } = traits;
  const bend = random.between(-0.12, 0.12), open = random.between(-0.02, 0.02);
  mirrored(brush, (half) => {
    for (
      const [y, angle] of [[-0.14, sweep + 0.04 + open], [-0.32, sweep - 0.03 - open]] as const
    ) {
      const blade = ellipse([wing * 0.5 - angle * 0.4, y + angle * 3.2], [wing * 0.52, chord], {
        angle,
      });
      paint(half, blade, { fill: coat.patterned, opacity: 0.75, shade: 0.1, rim: 0.5 });
    }
  });
  limb(brush, [[0, -0.1], [0, 0.4], [bend, tail]], {
    width: girth,
    to: girth * 0.6,
    fill: coat.patterned,
    rim: 0.5,
  });
  const thorax = union([ellipse([0, -0.26], [girth * 1.5, 0.24]), disc([0, -0.5], 0.1)], {
    soft: 0.05,
  });
  paint(brush, thorax, { fill: coat.marked, shade: 0.5 });
  const eyes = solid(lit(pick(["teal", "crimson", "lime", "umber"], random), 0.9));
  const gap = 0.05 + girth * 0.4;
  mirrored(brush, (half) => {
    paint(half, disc([gap, -0.57], 0.09), { fill: eyes, shade: 0.6 });
  });
}

/** Dragonflies and damselflies from above. */
export const dragonflies = membersOf<DragonflyTrait>({
  name: "dragonfly",
  habitats: ["foliage", "foliage", "haze", "water", "stone"],
  upright: false,
  draw: drawDragonfly,
  base: ["sky", "cream", "silver", "lime", "gold"],
  mark: ["navy", "black", "crimson", "umber"],
  genera: {
    darter: {
      traits: { wing: 0.95, chord: 0.13, sweep: 0.03, girth: 0.11, tail: 0.85 },
      species: { banded: ["banded"], tipped: ["tipped", 1.3], speckled: ["speckled", 1.2] },
    },
    damselfly: {
      traits: { wing: 0.85, chord: 0.1, sweep: 0.13, girth: 0.06, tail: 0.98 },
      species: { netted: ["netted", 0.7], plain: ["plain"], striped: ["striped", 0.8] },
    },
  },
});
