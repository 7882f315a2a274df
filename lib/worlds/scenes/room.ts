import type { Random } from "@/lib/base/random.ts";
import { floorFill, wallFill } from "@/lib/worlds/grounds/backdrop.ts";
import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { box, capsule, disc, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { bricks, slope } from "@/lib/worlds/paint/texture.ts";
import { drawingsOf, type Prop, setOut, stand } from "@/lib/worlds/scenes/props.ts";

/** An indoor space: a box seen from its open side. */
export interface Room {
  /** How wide the back wall is, as a share of the picture: small is deep. */
  readonly back: readonly [number, number];
  readonly walls?: readonly ColourName[];
  readonly tiled?: boolean;
  readonly windows?: readonly [number, number];
  /** Doors along the side walls. */
  readonly doors?: number;
  readonly light?: "lamp" | "strips" | "spots";
  /** A board, screen or curtain on the back wall. */
  readonly board?: ColourName;
  readonly curtain?: boolean;
  /** Shelves or rails of things across the back wall. */
  readonly shelves?: {
    readonly rows: number;
    readonly of: readonly string[];
    readonly each: number;
    readonly rail?: boolean;
    /** The things are much higher than wide. */
    readonly slim?: boolean;
  };
  /** A worktop along the back wall, and what is on it. */
  readonly counter?: readonly string[];
  /** Furniture in a row against the back wall, and its half height there. */
  readonly row?: { readonly of: readonly string[]; readonly count: number; readonly size: number };
  readonly hung?: readonly string[];
  /** Lines on the floor. */
  readonly court?: boolean;
  readonly stage?: boolean;
  readonly props: readonly Prop[];
}

/** A fill of a horizontal surface, seen in perspective. */
function receding(fill: Fill, [vx, vy]: Point): Fill {
  return (x, y, out) => {
    const depth = 0.35 / Math.max(Math.abs(y - vy), 0.02);
    fill((x - vx) * depth, depth, out);
  };
}

/** The back wall of a room, in canvas units. */
interface Wall {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const flat = { shade: 0, rim: 0.15 } as const;

function paintShell(
  brush: Brush,
  random: Random,
  { scene, at: [vx, vy], back }: { scene: Room; at: Point; back: number },
): Wall {
  const at = (
    x: number,
    y: number,
    share = back,
  ): Point => [vx + (x - vx) * share, vy + (y - vy) * share];
  const [left, top] = at(0, 0), [right, bottom] = at(1, 1);
  const colour = scene.walls === undefined ? undefined : pick(scene.walls, random);
  const plain = colour === undefined
    ? wallFill(random)
    : mottled(colour, { seed: 1, cell: 0.4, strength: 0.08 });
  const tile = colour ?? colours.white;
  const wall = scene.tiled
    ? blend(lit(tile, 0.8), tile, { by: bricks({ width: 0.09, height: 0.06, shift: 0 }) })
    : plain;
  const side = colour === undefined ? pick(["stone", "cream", "silver", "sage"], random) : colour;
  const ceiling = scene.stage ? colours.black : pick(["white", "cream", "silver"], random);
  paint(brush, polygon([[-0.1, -0.1], [1.1, -0.1], [right, top], [left, top]]), {
    fill: solid(lit(ceiling, 0.92)),
    ...flat,
  });
  paint(brush, polygon([[-0.1, -0.1], [left, top], [left, bottom], [-0.1, 1.1]]), {
    fill: solid(lit(side, 0.72)),
    ...flat,
  });
  paint(brush, polygon([[1.1, -0.1], [right, top], [right, bottom], [1.1, 1.1]]), {
    fill: solid(lit(side, 0.86)),
    ...flat,
  });
  paint(brush, polygon([[-0.1, 1.1], [left, bottom], [right, bottom], [1.1, 1.1]]), {
    fill: receding(floorFill(random), [vx, vy]),
    ...flat,
  });
  paint(
    brush,
    box([(left + right) / 2, (top + bottom) / 2], [(right - left) / 2, (bottom - top) / 2]),
    { fill: wall, ...flat },
  );
  for (let i = 0; i < (scene.doors ?? 0); i++) {
    const far = back + (1 - back) * (i * 0.3 + 0.05), near = far + (1 - back) * 0.16;
    const door = solid(pick(["brown", "tan", "teal", "rust"], random));
    for (const x of [0, 1]) {
      paint(brush, polygon([at(x, 1, far), at(x, 0.3, far), at(x, 0.3, near), at(x, 1, near)]), {
        fill: door,
        ...flat,
      });
    }
  }
  return { left, right, top, bottom };
}

function paintLights(
  brush: Brush,
  { scene, at: [vx, vy], back }: { scene: Room; at: Point; back: number },
): void {
  const glow = solid([1, 1, 0.92]);
  if (scene.light === "strips") {
    for (const share of [back * 1.15, (1 + back) / 2, 0.97]) {
      const y = vy - vy * share;
      paint(brush, box([vx, y], [0.16 * share, 0.022 * share]), { fill: glow, shade: 0, rim: 0 });
    }
  } else if (scene.light === "lamp") {
    paint(brush, capsule([vx, -0.1], [vx, 0.1], { width: 0.006 }), {
      fill: solid(colours.charcoal),
    });
    paint(
      brush,
      polygon([[vx - 0.03, 0.09], [vx + 0.03, 0.09], [vx + 0.09, 0.17], [vx - 0.09, 0.17]]),
      { fill: solid(colours.cream) },
    );
    paint(brush, ellipse([vx, 0.17], [0.09, 0.015]), { fill: glow, rim: 0 });
  } else if (scene.light === "spots") {
    for (const x of [0.2, 0.5, 0.8]) {
      const beam = polygon([[x - 0.02, 0], [x + 0.02, 0], [vx + (x - 0.5) * 0.5 + 0.14, 0.85], [
        vx + (x - 0.5) * 0.5 - 0.14,
        0.85,
      ]]);
      paint(brush, beam, { fill: glow, opacity: 0.22, soft: 0.06, shade: 0, rim: 0 });
      paint(brush, disc([x, 0.02], 0.03), { fill: glow });
    }
  }
}

function paintBack(
  brush: Brush,
  random: Random,
  { scene, wall }: { scene: Room; wall: Wall },
): void {
  const { left, right, top, bottom } = wall;
  const width = right - left, height = bottom - top, middle = (left + right) / 2;
  const [least, most] = scene.windows ?? [0, 0];
  const panes = least + random.integer(most - least + 1);
  const outside = blend(colours.sky, pick(["white", "leaf", "sage"], random), {
    by: slope({ from: top, to: bottom }),
  });
  for (let i = 0; i < panes; i++) {
    const x = left + width * (i + 1) / (panes + 1), y = top + height * 0.38;
    const half: Point = [width * 0.3 / (panes + 0.4), height * 0.24];
    paint(brush, box([x, y], [half[0] + 0.012, half[1] + 0.012]), { fill: solid(colours.white) });
    paint(brush, box([x, y], half), { fill: outside, shade: 0, rim: 0 });
    paint(brush, box([x, y], [0.006, half[1]]), { fill: solid(colours.white), rim: 0 });
    paint(brush, box([x, y], [half[0], 0.006]), { fill: solid(colours.white), rim: 0 });
  }
  if (scene.board !== undefined) {
    const y = top + height * 0.42;
    paint(brush, box([middle, y], [width * 0.36, height * 0.24]), { fill: solid(colours.tan) });
    paint(brush, box([middle, y], [width * 0.34, height * 0.215]), {
      fill: mottled(colours[scene.board], { seed: 2, cell: 0.1, strength: 0.1 }),
    });
  }
  if (scene.curtain) {
    const red = pick(["crimson", "red", "navy"], random);
    for (const x of [left, right]) {
      const fold = bricks({ width: 0.05, height: 2, joint: 0.02, shift: 0 });
      paint(brush, box([x, (top + bottom) / 2], [width * 0.24, height / 2]), {
        fill: blend(lit(red, 0.5), red, { by: fold }),
      });
    }
  }
  const { shelves, counter, row } = scene;
  for (let r = 0; shelves !== undefined && r < shelves.rows; r++) {
    const step = height / (shelves.rows + 0.4), y = top + step * (r + 1);
    const board = box([middle, shelves.rail ? y - step * 0.8 : y], [width * 0.46, 0.01]);
    paint(brush, board, { fill: solid(shelves.rail ? colours.charcoal : colours.tan) });
    for (let i = 0; i < shelves.each; i++) {
      const size = Math.min(step * 0.42, width * (shelves.slim ? 1.3 : 0.46) / shelves.each);
      const x = left + width * (0.08 + 0.84 * (i + 0.5) / shelves.each);
      stand(brush, random, { of: shelves.of, x, y, size, shade: false });
    }
  }
  for (const name of scene.hung ?? []) {
    const drawings = drawingsOf(name);
    const at = {
      x: left + width * random.between(0.12, 0.88),
      y: top + height * random.between(0.15, 0.4),
      scale: height * 0.13,
    };
    drawings[random.integer(drawings.length)]!(place(brush, at), random);
  }
  if (counter !== undefined) {
    const y = bottom - height * 0.26, wood = pick(["white", "tan", "slate", "brown"], random);
    paint(brush, box([middle, (y + bottom) / 2 + 0.01], [width * 0.5, (bottom - y) / 2 + 0.01]), {
      fill: blend(lit(wood, 0.55), wood, {
        by: bricks({ width: width / 4, height: 2, joint: 0.004, shift: 0 }),
      }),
    });
    for (let i = 0; i < 5; i++) {
      stand(brush, random, {
        of: counter,
        x: left + width * (i + 0.7) / 5.4,
        y: y - 0.005,
        size: height * 0.13,
        shade: false,
      });
    }
    paint(brush, box([middle, y], [width * 0.5, 0.014]), { fill: solid(lit(wood, 0.8)) });
  }
  for (let i = 0; row !== undefined && i < row.count; i++) {
    const x = left + width * (i + random.between(0.35, 0.65)) / row.count;
    stand(brush, random, { of: row.of, x, y: bottom + 0.015, size: row.size * width });
  }
}

/** Paints the inside of a building. */
export function paintRoom(brush: Brush, random: Random, { scene }: { scene: Room }): void {
  const back = random.between(scene.back[0], scene.back[1]);
  const at: Point = [0.5 + random.between(-0.12, 0.12), random.between(0.34, 0.48)];
  const wall = paintShell(brush, random, { scene, at, back });
  paintLights(brush, { scene, at, back });
  paintBack(brush, random, { scene, wall });
  if (scene.court) {
    const line = solid(pick(["white", "red", "blue"], random));
    for (const y of [wall.bottom + (1 - wall.bottom) * 0.25, 0.96]) {
      paint(brush, box([0.5, y], [0.6, 0.006]), { fill: line, rim: 0 });
    }
    paint(brush, capsule([at[0], wall.bottom], [at[0] * 1.4 - 0.2, 1.1], { width: 0.008 }), {
      fill: line,
      rim: 0,
    });
    const y = wall.top + (wall.bottom - wall.top) * 0.3, size = (wall.right - wall.left) * 0.13;
    paint(brush, box([at[0], y], [size, size * 0.7]), { fill: solid(colours.white) });
    paint(brush, ellipse([at[0], y + size * 0.8], [size * 0.45, size * 0.14]), {
      fill: solid(colours.orange),
    });
  }
  if (scene.stage) {
    const edge = wall.bottom + (1 - wall.bottom) * 0.6;
    paint(brush, box([0.5, (edge + 1.1) / 2], [0.7, (1.1 - edge) / 2]), {
      fill: solid(lit(colours.umber, 0.6)),
    });
  }
  const horizon = at[1], to = scene.stage ? wall.bottom + (1 - wall.bottom) * 0.6 : 1.02;
  setOut(brush, random, { props: scene.props, ground: { horizon, from: wall.bottom + 0.04, to } });
}
