import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { disc } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb } from "@/lib/worlds/species/parts.ts";

type PalmTrait = "trunk" | "frond" | "fronds" | "droop";

function drawPalm(brush: Brush, { traits, coat, random }: Specimen<PalmTrait>): void {
  const { trunk, frond, droop } = traits;
  const count = Math.round(traits.fronds);
  const lean = random.between(-0.35, 0.35), top = 1 - trunk;
  const wood = pick(["brown", "tan", "stone"], random);
  limb(brush, [[lean, 1], [lean * 0.2, 1 - trunk * 0.4], [0, top]], {
    width: 0.1,
    to: 0.055,
    fill: mottled(wood, { seed: 11, cell: 0.07, strength: 0.4 }),
  });
  for (let i = 0; i < count; i++) {
    const across = (2 * (i + 0.5) / count - 1) * (i % 2 === 0 ? 1 : 0.85);
    const rise = (1 - across * across) * frond * 0.8;
    const tip = [across * frond, top - rise * 0.6 + droop * across * across] as const;
    const bend = [across * frond * 0.55, top - rise - 0.16] as const;
    limb(brush, [[0, top], bend, tip], {
      width: 0.085,
      to: 0.015,
      count: 5,
      fill: coat.patterned,
      rim: 0.5,
    });
  }
  for (const x of [-0.06, 0.07]) {
    paint(brush, disc([x, top + 0.06], 0.06), { fill: solid(lit(colours.brown, 0.9)), shade: 0.5 });
  }
}

/** Palms. */
export const palms = membersOf<PalmTrait>({
  name: "palm",
  habitats: ["dryland", "surface", "foliage", "meadow", "haze"],
  upright: true,
  draw: drawPalm,
  base: ["leaf", "green", "olive", "lime"],
  mark: ["pine", "gold", "umber", "rust"],
  genera: {
    "coconut palm": {
      traits: { trunk: 1.4, frond: 0.8, fronds: 8, droop: 0.45 },
      species: { plain: ["plain"], banded: ["banded", 0.6], spotted: ["spotted", 0.6] },
    },
    "fan palm": {
      traits: { trunk: 0.75, frond: 0.75, fronds: 13, droop: 0.02 },
      species: { tipped: ["saddled", 6], speckled: ["speckled"], chequered: ["chequered", 0.7] },
    },
  },
});
