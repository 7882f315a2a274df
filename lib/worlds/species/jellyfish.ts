import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { sine } from "@/lib/worlds/paint/math.ts";
import { disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { dome } from "@/lib/worlds/species/parts.ts";

type JellyfishTrait = "width" | "height" | "length" | "strands" | "frill";

function drawJellyfish(brush: Brush, { traits, coat, random }: Specimen<JellyfishTrait>): void {
  const { width, height, length, frill } = traits;
  const strands = Math.round(traits.strands);
  const edge = -0.85 + height, sway = random.uniform();
  const hanging = (x: number, reach: number, swing: number) =>
    path(
      Array.from({ length: 7 }, (_, i): Point => {
        const t = i / 6;
        return [x * (1 - 0.25 * t) + swing * sine(sway + t) * t, edge + reach * t];
      }),
      { width: swing * 0.4, to: 0.012 },
    );
  const thin = solid(lit(coat.mark, 1.1));
  for (let i = 0; i < strands; i++) {
    const x = width * 0.92 * (2 * (i + 0.5) / strands - 1);
    paint(brush, hanging(x, length * random.between(0.7, 1), 0.06), { fill: thin, opacity: 0.8 });
  }
  for (const x of [-0.16, 0, 0.16]) {
    paint(brush, hanging(x, length * 0.7, frill), { fill: coat.plain, opacity: 0.85, rim: 0.5 });
  }
  paint(brush, ellipse([0, edge], [width * 0.97, height * 0.16]), {
    fill: solid(lit(coat.base, 0.6)),
  });
  paint(brush, dome([0, edge + 0.04], [width, height]), {
    fill: coat.patterned,
    shade: 0.5,
    rim: 0.4,
    opacity: 0.92,
  });
  for (let i = 0; i < 9; i++) {
    paint(brush, disc([width * (i / 4 - 1) * 0.93, edge + 0.04], width * 0.13), {
      fill: coat.plain,
      rim: 0.5,
    });
  }
}

/** Jellyfish, hanging in the water. */
export const jellyfish = membersOf<JellyfishTrait>({
  name: "jellyfish",
  habitats: ["water", "water", "water", "haze"],
  upright: true,
  draw: drawJellyfish,
  base: ["white", "pink", "sky", "mauve", "cream"],
  mark: ["violet", "crimson", "rust", "blue"],
  genera: {
    "moon jelly": {
      traits: { width: 0.85, height: 0.6, length: 0.7, strands: 13, frill: 0.12 },
      species: { ringed: ["ringed"], plain: ["plain"], spotted: ["spotted"] },
    },
    "sea nettle": {
      traits: { width: 0.46, height: 0.66, length: 1.2, strands: 6, frill: 0.2 },
      species: { striped: ["banded", 0.6], speckled: ["speckled"], chequered: ["chequered", 0.8] },
    },
  },
});
