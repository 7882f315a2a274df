import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { within } from "@/lib/worlds/paint/combine.ts";
import { blend, solid } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, capsule, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type ShelfTrait = "shelves" | "width" | "thick";

/** Half-round shelves on a trunk, the trunk drawn with them. */
function drawShelf(brush: Brush, { traits, coat, random }: Specimen<ShelfTrait>): void {
  const { width, thick } = traits;
  const shelves = Math.round(traits.shelves);
  const wood = pick(["brown", "umber", "stone"], random);
  const grain = noise({ seed: random.integer(1e9), cell: 0.1, octaves: 2, stretch: 4 });
  const trunk = box([-0.62, 0], [0.42, 2]);
  paint(brush, trunk, {
    fill: blend(lit(wood, 0.6), lit(wood, 1.3), { by: (x, y) => grain(y, x) }),
    shade: 0.3,
  });
  for (let i = 0; i < shelves; i++) {
    const y = 0.75 - 1.5 * (i + 0.5) / shelves, size = width * random.between(0.75, 1.1);
    const x = -0.35 + random.between(-0.1, 0.05);
    const shelf = within(
      ellipse([x, y + thick], [size, thick * 2]),
      box([x + 1, y - 0.9], [1.3, 0.92 + thick]),
    );
    paint(brush, shelf, { fill: coat.patterned, shade: 0.45, rim: 0.5 });
    const lip = capsule([x + 0.05, y + thick * 1.05], [x + size * 0.92, y + thick * 1.05], {
      width: 0.04,
    });
    paint(brush, lip, { fill: solid(colours.cream) });
  }
}

/** Shelves on tree trunks. */
export const shelfFungi = membersOf<ShelfTrait>({
  name: "shelf fungus",
  habitats: ["foliage", "litter", "haze", "meadow", "bark"],
  upright: true,
  draw: drawShelf,
  base: ["tan", "cream", "orange", "stone"],
  mark: ["umber", "charcoal", "rust"],
  genera: {
    "tinder bracket": {
      traits: { shelves: 2, width: 1.0, thick: 0.24 },
      species: { zoned: ["lined", 0.7], plain: ["plain"], patched: ["patched"] },
    },
    turkeytail: {
      traits: { shelves: 5, width: 0.75, thick: 0.1 },
      species: { barred: ["banded", 0.6], speckled: ["speckled"], chequered: ["chequered", 0.8] },
    },
  },
});
