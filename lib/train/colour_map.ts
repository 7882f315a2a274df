/** A drawn change of colour. */
export interface ColourChange {
  /** Factors; 1 changes nothing. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** The hue's shift in turns. */
  readonly hue: number;
  readonly grey: boolean;
}

type Matrix = readonly (readonly number[])[];

/** The weights of red, green and blue in a grey value (ITU-R BT.601). */
export const LUMA: readonly [number, number, number] = [0.299, 0.587, 0.114];

// Row vectors of colour are multiplied from the left: every column of TO_GREY yields the grey value.
const TO_GREY: Matrix = LUMA.map((weight) => [weight, weight, weight]);

/**
 * Brightness, contrast, saturation, hue and greyscale, in this fixed order, as one affine map of colours.
 *
 * A colour c becomes c A + k m, with m the view's mean grey value: contrast pulls towards it, and the other changes are
 * linear and leave grey as it is. Hue turns colours about the grey axis of the RGB cube. Values are clipped to 0..1 once,
 * after the whole map; SimCLR draws the order at random and clips after each change.
 *
 * @returns The nine numbers of A, row by row, and k.
 */
export function colourMap(change: ColourChange): Float32Array {
  const { brightness, contrast } = change;
  let linear = multiply(blend(change.saturation), hueTurn(2 * Math.PI * change.hue));
  if (change.grey) linear = multiply(linear, TO_GREY);
  const map = new Float32Array(10);
  map.set(linear.flat().map((value) => brightness * contrast * value));
  map[9] = brightness * (1 - contrast);
  return map;
}

/** Towards grey below 1, away from it above. */
function blend(saturation: number): Matrix {
  return TO_GREY.map((row, i) =>
    row.map((grey, j) => saturation * Number(i === j) + (1 - saturation) * grey)
  );
}

/** The rotation about (1, 1, 1) by an angle (Rodrigues's formula). */
function hueTurn(angle: number): Matrix {
  const cos = Math.cos(angle), sin = Math.sin(angle) / Math.sqrt(3);
  const even = (1 - cos) / 3;
  return [
    [cos + even, even + sin, even - sin],
    [even - sin, cos + even, even + sin],
    [even + sin, even - sin, cos + even],
  ];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    row.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0))
  );
}
