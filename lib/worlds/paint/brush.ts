import type { Canvas } from "@/lib/worlds/paint/canvas.ts";
import type { Fill } from "@/lib/worlds/paint/fill.ts";
import { clamp, cosine, sine } from "@/lib/worlds/paint/math.ts";
import type { Shape } from "@/lib/worlds/paint/shape.ts";

/** A canvas, and the local units in which shapes are put on it. */
export interface Brush {
  readonly canvas: Canvas;
  /** Local (x, y) lies at (a x + b y + e, c x + d y + f) of the canvas, whose corners are (0, 0) and (1, 1). */
  readonly frame: readonly [
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
  ];
}

/** The brush whose local units are the canvas itself, from (0, 0) to (1, 1). */
export function brushOn(canvas: Canvas): Brush {
  return { canvas, frame: [1, 0, 0, 1, 0, 0] };
}

/** Where and how large something stands, in the units of what it stands in. */
export interface Place {
  readonly x?: number;
  readonly y?: number;
  /** The length of one inner unit. */
  readonly scale?: number;
  /** The height of an inner unit over its width. */
  readonly stretch?: number;
  /** Turns, clockwise. */
  readonly angle?: number;
  /** Mirrored left to right. */
  readonly flip?: boolean;
}

/** A brush whose local units are set down in those of the given one. */
export function place(brush: Brush, at: Place): Brush {
  const { x = 0, y = 0, scale = 1, stretch = 1, angle = 0, flip = false } = at;
  const [a, b, c, d, e, f] = brush.frame;
  const co = cosine(angle) * scale, si = sine(angle) * scale, mirror = flip ? -1 : 1;
  const p = co * mirror, q = -si * stretch, r = si * mirror, s = co * stretch;
  return {
    canvas: brush.canvas,
    frame: [
      a * p + b * r,
      a * q + b * s,
      c * p + d * r,
      c * q + d * s,
      a * x + b * y + e,
      c * x + d * y + f,
    ],
  };
}

/** How a shape is painted. */
export interface Look {
  /** Its colours, in local units. */
  readonly fill: Fill;
  /** How much lighter the side towards the light is; 0 is flat. */
  readonly shade?: number;
  /** How much darker the edge is. */
  readonly rim?: number;
  /** Over what distance the edge fades, in local units; 0 is sharp. */
  readonly soft?: number;
  readonly opacity?: number;
}

const rimWidth = 0.05; // local units

/** Paints a shape: for each pixel within its bounds, how much of it is covered, and by what colour. */
export function paint(brush: Brush, shape: Shape, look: Look): void {
  const { fill, shade = 0.22, rim = 0.3, soft = 0, opacity = 1 } = look;
  const { side, pixels, light } = brush.canvas;
  const [a, b, c, d, e, f] = brush.frame;
  const [left, top, right, bottom] = shape.bounds;
  const centreX = side * (a * (left + right) / 2 + b * (top + bottom) / 2 + e);
  const centreY = side * (c * (left + right) / 2 + d * (top + bottom) / 2 + f);
  const reach = soft / 2;
  const halfX = right - left + 2 * reach, halfY = bottom - top + 2 * reach;
  const wide = side * (Math.abs(a) * halfX + Math.abs(b) * halfY) / 2;
  const high = side * (Math.abs(c) * halfX + Math.abs(d) * halfY) / 2;
  const x0 = Math.max(0, Math.floor(centreX - wide - 1));
  const x1 = Math.min(side, Math.ceil(centreX + wide + 1));
  const y0 = Math.max(0, Math.floor(centreY - high - 1));
  const y1 = Math.min(side, Math.ceil(centreY + high + 1));
  const area = (a * d - b * c) * side;
  if (x0 >= x1 || y0 >= y1 || area === 0) return;
  const unit = Math.sqrt(Math.abs(area * side)); // pixels in a local unit
  const fade = unit / Math.max(1, soft * unit);
  const shadeX = shade * light[0] / Math.max(wide, 1),
    shadeY = shade * light[1] / Math.max(high, 1);
  for (let py = y0; py < y1; py++) {
    const v = py + 0.5 - side * f;
    for (let px = x0; px < x1; px++) {
      const u = px + 0.5 - side * e;
      const x = (d * u - b * v) / area, y = (a * v - c * u) / area;
      const distance = shape.distance(x, y);
      let cover = 0.5 - distance * fade;
      if (cover <= 0) continue;
      cover = (cover > 1 ? 1 : cover) * opacity;
      fill(x, y, colour);
      let factor = 1 - shadeX * (px + 0.5 - centreX) - shadeY * (py + 0.5 - centreY);
      if (rim > 0) factor *= 1 - rim * clamp(1 + distance / rimWidth);
      const at = (py * side + px) * 3;
      pixels[at] = pixels[at]! + (colour[0]! * factor - pixels[at]!) * cover;
      pixels[at + 1] = pixels[at + 1]! + (colour[1]! * factor - pixels[at + 1]!) * cover;
      pixels[at + 2] = pixels[at + 2]! + (colour[2]! * factor - pixels[at + 2]!) * cover;
    }
  }
}

const colour = new Float64Array(3); // what the fill writes

/** Covers the whole canvas with a fill, in local units. */
export function wash(brush: Brush, fill: Fill): void {
  const everywhere: Shape = { distance: () => -1e9, bounds: [-1e3, -1e3, 1e3, 1e3] };
  paint(brush, everywhere, { fill, shade: 0, rim: 0 });
}
