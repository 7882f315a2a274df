/**
 * Arithmetic that gives the same bits on every machine. IEEE 754 fixes + - * / and sqrt; it does not fix
 * `Math.sin`, `Math.exp` or `Math.hypot`, whose last bits differ between engine versions, so pictures use none of them.
 */

/** The value held within [0, 1]. */
export function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** An S-shaped step: 0 up to 0, 1 from 1, flat at both ends. */
export function smooth(value: number): number {
  const t = value < 0 ? 0 : value > 1 ? 1 : value;
  return t * t * (3 - 2 * t);
}

/** The sine of an angle in turns (1 is a full circle), by its Taylor series to the 11th power: error below 1e-7. */
export function sine(turns: number): number {
  let t = turns - Math.floor(turns + 0.5); // [-1/2, 1/2)
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const y = t * 6.283185307179586;
  const z = y * y;
  return y *
    (1 - z / 6 * (1 - z / 20 * (1 - z / 42 * (1 - z / 72 * (1 - z / 110)))));
}

/** The cosine of an angle in turns. */
export function cosine(turns: number): number {
  return sine(turns + 0.25);
}

/** The length of the vector (x, y). */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
