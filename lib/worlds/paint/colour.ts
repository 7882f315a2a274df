import type { Random } from "@/lib/base/random.ts";
import { clamp } from "@/lib/worlds/paint/math.ts";

/** Red, green and blue in [0, 1]. */
export type Colour = readonly [number, number, number];

/** The colours that tables name. */
export const colours = {
  black: [0.09, 0.09, 0.1],
  charcoal: [0.22, 0.23, 0.25],
  grey: [0.5, 0.5, 0.52],
  silver: [0.74, 0.76, 0.79],
  white: [0.94, 0.93, 0.9],
  cream: [0.92, 0.86, 0.7],
  sand: [0.82, 0.72, 0.52],
  tan: [0.72, 0.55, 0.36],
  brown: [0.44, 0.29, 0.18],
  umber: [0.29, 0.2, 0.14],
  rust: [0.66, 0.32, 0.15],
  red: [0.8, 0.16, 0.14],
  crimson: [0.6, 0.08, 0.17],
  pink: [0.92, 0.55, 0.62],
  orange: [0.93, 0.5, 0.12],
  gold: [0.88, 0.68, 0.2],
  yellow: [0.96, 0.84, 0.25],
  lime: [0.62, 0.76, 0.26],
  leaf: [0.33, 0.55, 0.2],
  green: [0.18, 0.46, 0.22],
  pine: [0.11, 0.3, 0.2],
  olive: [0.44, 0.45, 0.22],
  sage: [0.58, 0.66, 0.5],
  teal: [0.13, 0.5, 0.5],
  sky: [0.55, 0.76, 0.92],
  azure: [0.22, 0.53, 0.82],
  blue: [0.16, 0.3, 0.66],
  navy: [0.1, 0.15, 0.34],
  violet: [0.47, 0.28, 0.66],
  mauve: [0.68, 0.52, 0.7],
  slate: [0.38, 0.44, 0.5],
  stone: [0.62, 0.6, 0.56],
  brick: [0.62, 0.33, 0.26],
  skin: [0.86, 0.66, 0.54],
} as const satisfies Record<string, Colour>;

/** The name of a colour in `colours`. */
export type ColourName = keyof typeof colours;

/** One of the named colours, drawn uniformly and varied in light and tint. */
export function pick(names: readonly ColourName[], random: Random): Colour {
  return vary(colours[names[random.integer(names.length)]!], random);
}

/** A colour near the given one: light within a fifth, each channel within a few hundredths. */
export function vary(colour: Colour, random: Random): Colour {
  const light = random.between(0.84, 1.16);
  return [
    clamp(colour[0] * light + random.between(-0.05, 0.05)),
    clamp(colour[1] * light + random.between(-0.05, 0.05)),
    clamp(colour[2] * light + random.between(-0.05, 0.05)),
  ];
}

/** The colour `share` of the way from the first to the second. */
export function between(colour: Colour, other: Colour, { share = 0.5 } = {}): Colour {
  return [
    colour[0] + (other[0] - colour[0]) * share,
    colour[1] + (other[1] - colour[1]) * share,
    colour[2] + (other[2] - colour[2]) * share,
  ];
}

/** The colour with its light multiplied. */
export function lit(colour: Colour, factor: number): Colour {
  return [clamp(colour[0] * factor), clamp(colour[1] * factor), clamp(colour[2] * factor)];
}
