import type { Random } from "@/lib/base/random.ts";
import { earth, seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import { between, type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, capsule } from "@/lib/worlds/paint/shape.ts";
import { patches, slope } from "@/lib/worlds/paint/texture.ts";
import { type Prop, setOut } from "@/lib/worlds/scenes/props.ts";

/** The inside of a wood: no horizon to speak of, trunks near and far. */
export interface Woods {
  readonly light: readonly ColourName[];
  readonly floor: readonly ColourName[];
  /** Leaves overhead; none in winter. */
  readonly canopy?: readonly ColourName[];
  readonly trunks: readonly ColourName[];
  /** Half the width of the nearest trunks. */
  readonly girth: number;
  readonly lean?: number;
  readonly count: readonly [number, number];
  /** Marks across the trunks: birch or bamboo. */
  readonly rings?: boolean;
  readonly props: readonly Prop[];
}

/** Paints the inside of a wood. */
export function paintWoods(brush: Brush, random: Random, { scene }: { scene: Woods }): void {
  const light = pick(scene.light, random), floorY = random.between(0.6, 0.72);
  const gaps = noise({ seed: seedFrom(random), cell: 0.12, octaves: 3 });
  const glow = slope({ from: 0, to: floorY });
  wash(
    brush,
    blend(lit(light, 0.6), lit(light, 1.25), { by: (x, y) => gaps(x, y) * 0.6 + glow(x, y) * 0.4 }),
  );
  const floor = pick(scene.floor, random);
  earth(brush, random, { y: floorY, colour: floor });
  const bark = pick(scene.trunks, random);
  const count = scene.count[0] + random.integer(scene.count[1] - scene.count[0] + 1);
  const lean = scene.lean ?? 0.03;
  for (let i = 0; i < count; i++) {
    const near = (i + 1) / count; // far trunks first
    const x = random.between(-0.02, 1.02), foot = floorY + (1.02 - floorY) * near * near;
    const width = scene.girth * (0.25 + 0.75 * near) * random.between(0.75, 1.25);
    const colour = between(light, bark, { share: 0.35 + 0.65 * near });
    const grain = noise({
      seed: seedFrom(random),
      cell: width * 0.7,
      octaves: 2,
      stretch: scene.rings ? 4 : 1,
    });
    const trunk = capsule([x, foot], [x + random.between(-lean, lean), -0.05], {
      width,
      to: width * 0.7,
    });
    paint(brush, trunk, {
      fill: blend(lit(colour, 0.55), lit(colour, 1.2), {
        by: scene.rings ? grain : (u, v) => grain(u, v * 0.25),
      }),
      shade: 0.4,
    });
  }
  if (scene.canopy !== undefined) {
    const leaves = pick(scene.canopy, random), low = random.between(0.16, 0.34);
    const mass = patches({ period: 0.12, share: 0.5, seed: seedFrom(random) });
    const ragged = noise({ seed: seedFrom(random), cell: 0.15, octaves: 3 });
    const crown = box([0.5, 0.2], [0.6, 0.4]);
    const cover = {
      bounds: crown.bounds,
      distance: (x: number, y: number) => (y - low - 0.3 * (ragged(x, y) - 0.5)) * 0.6,
    };
    paint(brush, cover, {
      fill: blend(lit(leaves, 0.6), lit(leaves, 1.2), { by: mass }),
      shade: 0,
      rim: 0.2,
    });
  }
  setOut(brush, random, {
    props: scene.props,
    ground: { horizon: floorY - 0.25, from: floorY + 0.03, to: 1.02 },
  });
  if (random.uniform() < 0.25) {
    const beam = capsule([random.uniform(), -0.1], [random.uniform(), 1], { width: 0.05 });
    paint(brush, beam, {
      fill: blend(colours.cream, colours.white, { by: glow }),
      opacity: 0.25,
      soft: 0.08,
      shade: 0,
      rim: 0,
    });
  }
}
