import type { Random } from "@/lib/base/random.ts";
import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { within } from "@/lib/worlds/paint/combine.ts";
import { blend, mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { box, disc, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { bricks } from "@/lib/worlds/paint/texture.ts";

/** A building seen from the front. */
export interface Building {
  /** Half its width, and its height to the eaves, as shares of the picture. */
  readonly width: number;
  readonly height: number;
  readonly roof: "gable" | "flat" | "battlements" | "barn" | "dome" | "vault";
  readonly columns: number;
  readonly storeys: number;
  readonly walls: readonly ColourName[];
  readonly masonry?: boolean;
  /** A tower at each of these places along the width, -1 to 1, and how high above the eaves it goes. */
  readonly towers?: {
    readonly at: readonly number[];
    readonly rise: number;
    readonly cap: "spire" | "battlements" | "flat";
  };
  readonly arched?: boolean;
}

function battlements(
  brush: Brush,
  { left, right, y, colour }: {
    left: number;
    right: number;
    y: number;
    colour: readonly [number, number, number];
  },
): void {
  const count = Math.max(2, Math.round((right - left) / 0.28));
  for (let i = 0; i < count; i++) {
    const x = left + (right - left) * (i + 0.5) / count;
    paint(brush, box([x, y - 0.05], [(right - left) / count * 0.3, 0.08]), {
      fill: solid(colour),
      rim: 0.1,
    });
  }
}

/** Paints a building with the middle of its foot at (x, y) of the canvas. */
export function paintBuilding(
  brush: Brush,
  random: Random,
  { building, x, y, scale = 1 }: { building: Building; x: number; y: number; scale?: number },
): void {
  const { roof, columns, storeys, towers, masonry = false, arched = false } = building;
  const wide = building.width * random.between(0.88, 1.12) * scale;
  // local units: half the width; the foot at 0, the eaves at -tall
  const at = place(brush, { x, y, scale: wide });
  const tall = building.height * random.between(0.88, 1.12) * scale / wide;
  const wall = pick(building.walls, random),
    tile = pick(["brick", "rust", "slate", "brown", "charcoal"], random);
  const stone = masonry
    ? blend(lit(wall, 0.75), wall, { by: bricks({ width: 0.26, height: 0.11 }) })
    : mottled(wall, { seed: random.integer(1e9), cell: 0.5, strength: 0.08 });
  const pane = solid(lit(pick(["slate", "navy", "sky", "charcoal", "yellow"], random), 0.85));
  const course = blend(lit(tile, 0.75), tile, { by: bricks({ width: 0.16, height: 0.09 }) });
  for (const place of towers?.at ?? []) {
    const half = 0.2, top = -tall - towers!.rise;
    paint(at, box([place, top / 2], [half, -top / 2]), { fill: stone, shade: 0.3 });
    if (towers!.cap === "spire") {
      paint(
        at,
        polygon([[place - half * 1.15, top], [place + half * 1.15, top], [place, top - 0.8]]),
        { fill: course },
      );
    } else if (towers!.cap === "battlements") {
      battlements(at, { left: place - half, right: place + half, y: top, colour: wall });
    }
    paint(at, box([place, top + 0.25], [0.05, 0.12], { round: 0.04 }), { fill: pane });
  }
  paint(at, box([0, -tall / 2], [1, tall / 2]), { fill: stone, shade: 0.25 });
  if (roof === "gable") {
    paint(
      at,
      polygon([[-1.15, -tall], [1.15, -tall], [0.75, -tall - 0.62], [-0.75, -tall - 0.62]]),
      { fill: course, shade: 0.25 },
    );
    paint(at, box([0.45, -tall - 0.62], [0.1, 0.22]), { fill: solid(colours.brick) });
  } else if (roof === "barn") {
    paint(
      at,
      polygon([[-1.1, -tall], [1.1, -tall], [0.75, -tall - 0.5], [0, -tall - 0.8], [
        -0.75,
        -tall - 0.5,
      ]]),
      { fill: course },
    );
  } else if (roof === "dome") {
    paint(at, within(ellipse([0, -tall], [0.6, 0.65]), box([0, -tall - 0.5], [1, 0.5])), {
      fill: solid(tile),
      shade: 0.5,
    });
    paint(at, box([0, -tall], [1.08, 0.06]), { fill: stone });
  } else if (roof === "vault") {
    paint(at, within(ellipse([0, -tall], [1.04, 0.5]), box([0, -tall - 0.5], [2, 0.5])), {
      fill: solid(lit(colours.silver, 0.9)),
      shade: 0.4,
    });
  } else if (roof === "battlements") {
    battlements(at, { left: -1, right: 1, y: -tall, colour: wall });
  } else paint(at, box([0, -tall], [1.04, 0.04]), { fill: solid(lit(wall, 0.7)) });
  const stepX = 2 / columns, stepY = tall / storeys;
  for (let storey = 0; storey < storeys; storey++) {
    for (let column = 0; column < columns; column++) {
      const cx = -1 + stepX * (column + 0.5), cy = -tall + stepY * (storey + 0.45);
      const middle = column === Math.floor(columns / 2);
      if (storey === storeys - 1 && middle) continue; // the door's place
      const half = [stepX * 0.27, stepY * 0.28] as const;
      paint(at, box([cx, cy], half, { round: arched ? half[0] * 0.9 : 0 }), {
        fill: pane,
        shade: 0.1,
      });
    }
  }
  const doorX = -1 + stepX * (Math.floor(columns / 2) + 0.5);
  const doorHalf = roof === "barn" || roof === "vault" ? 0.42 : Math.min(0.16, stepX * 0.4);
  const doorTall = Math.min(doorHalf * 2.2, stepY * 0.8);
  paint(
    at,
    box([doorX, -doorTall / 2], [doorHalf, doorTall / 2], { round: arched ? 0.08 : 0.01 }),
    {
      fill: solid(pick(["brown", "umber", "teal", "crimson", "charcoal"], random)),
    },
  );
  if (arched && roof === "gable") paint(at, disc([0, -tall - 0.25], 0.16), { fill: pane });
}
