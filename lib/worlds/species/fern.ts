import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type FernTrait = "fronds" | "length" | "pinna" | "width" | "gap";

/** Fronds that fan out from the ground, each a stalk with leaflets on both sides. */
function drawFern(brush: Brush, { traits, coat, random }: Specimen<FernTrait>): void {
  const { length, pinna, width, gap } = traits;
  const fronds = Math.round(traits.fronds);
  const stalk = solid(lit(coat.base, 0.6));
  for (let i = 0; i < fronds; i++) {
    const across = fronds === 1 ? 0 : 2 * i / (fronds - 1) - 1;
    const frond = place(brush, {
      y: 0.95,
      angle: -0.25 + across * 0.17 + random.between(-0.015, 0.015), // upwards
      scale: (1 - 0.25 * Math.abs(across)) * random.between(0.92, 1.05),
    });
    paint(frond, capsule([0, 0], [length, 0], { width: 0.025, to: 0.01 }), { fill: stalk });
    for (let x = 0.42; x < length; x += gap) {
      const reach = pinna * (1.05 - x / length);
      for (const side of [-1, 1]) {
        const leaflet = ellipse([x + reach * 0.3, side * reach * 0.5], [reach * 0.6, width], {
          angle: side * 0.17,
        });
        paint(frond, leaflet, { fill: coat.patterned, rim: 0.5 });
      }
    }
  }
}

/** Ferns. */
export const ferns = membersOf<FernTrait>({
  name: "fern family",
  habitats: ["litter", "foliage", "bark", "haze", "stone"],
  upright: true,
  draw: drawFern,
  base: ["leaf", "green", "lime", "sage"],
  mark: ["pine", "rust", "umber", "gold"],
  genera: {
    bracken: {
      traits: { fronds: 3, length: 1.8, pinna: 0.8, width: 0.09, gap: 0.22 },
      species: { plain: ["plain"], spotted: ["spotted", 0.6], tipped: ["tipped", 2.2] },
    },
    "sword fern": {
      traits: { fronds: 6, length: 1.85, pinna: 0.3, width: 0.06, gap: 0.14 },
      species: { banded: ["banded"], speckled: ["speckled"], patched: ["patched"] },
    },
  },
});
