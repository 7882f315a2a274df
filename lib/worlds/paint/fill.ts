import { type Colour, lit } from "@/lib/worlds/paint/colour.ts";
import { clamp } from "@/lib/worlds/paint/math.ts";
import { type Field, noise } from "@/lib/worlds/paint/noise.ts";

/** Writes the colour at a point to `out` (three numbers), rather than returning it: it is called once a pixel. */
export type Fill = (x: number, y: number, out: Float64Array) => void;

/** One colour everywhere. */
export function solid([red, green, blue]: Colour): Fill {
  return (_x, _y, out) => {
    out[0] = red;
    out[1] = green;
    out[2] = blue;
  };
}

/** From the first colour, where the field is 0, to the second, where it is 1. */
export function blend(colour: Colour, other: Colour, { by }: { by: Field }): Fill {
  const [r0, g0, b0] = colour;
  const r1 = other[0] - r0, g1 = other[1] - g0, b1 = other[2] - b0;
  return (x, y, out) => {
    const t = by(x, y);
    out[0] = r0 + r1 * t;
    out[1] = g0 + g1 * t;
    out[2] = b0 + b1 * t;
  };
}

/** The first fill, and over it a colour as strongly as the field says. */
export function over(fill: Fill, [red, green, blue]: Colour, { by }: { by: Field }): Fill {
  return (x, y, out) => {
    fill(x, y, out);
    const t = by(x, y);
    out[0] = out[0]! + (red - out[0]!) * t;
    out[1] = out[1]! + (green - out[1]!) * t;
    out[2] = out[2]! + (blue - out[2]!) * t;
  };
}

/** The fill with its light made uneven by noise. */
export function rough(
  fill: Fill,
  { seed, cell = 0.2, strength = 0.25, stretch = 1 }: {
    seed: number;
    cell?: number;
    strength?: number;
    stretch?: number;
  },
): Fill {
  const ground = noise({ seed, cell, octaves: 2, stretch });
  return (x, y, out) => {
    fill(x, y, out);
    const factor = 1 + strength * 2 * (ground(x, y) - 0.5);
    out[0] = clamp(out[0]! * factor);
    out[1] = clamp(out[1]! * factor);
    out[2] = clamp(out[2]! * factor);
  };
}

/** A colour with uneven light: skin, cloth, soil. */
export function mottled(
  colour: Colour,
  { seed, cell = 0.15, strength = 0.3 }: { seed: number; cell?: number; strength?: number },
): Fill {
  const ground = noise({ seed, cell, octaves: 2 });
  return blend(lit(colour, 1 - strength), lit(colour, 1 + strength), { by: ground });
}
