/**
 * A square image made larger by bilinear interpolation between the centres of its pixels; beyond the outermost centres
 * the border goes on. Written here because sharp's own enlarging moves the picture by half a pixel.
 *
 * @param pixels RGB of 0 to 255, `[from, from, 3]`.
 * @param options Sides in pixels.
 * @returns RGB of 0 to 255, `[to, to, 3]`.
 */
export function enlarge(
  pixels: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
): Uint8Array {
  const { low, high, share } = neighbours(from, to);
  const larger = new Uint8Array(to * to * 3);
  for (let y = 0; y < to; y++) {
    const upper = low[y]! * from, lower = high[y]! * from, down = share[y]!;
    for (let x = 0; x < to; x++) {
      const right = share[x]!;
      for (let channel = 0; channel < 3; channel++) {
        const at = (row: number, column: number) => pixels[(row + column) * 3 + channel]!;
        const above = at(upper, low[x]!) * (1 - right) + at(upper, high[x]!) * right;
        const below = at(lower, low[x]!) * (1 - right) + at(lower, high[x]!) * right;
        larger[(y * to + x) * 3 + channel] = Math.round(above * (1 - down) + below * down);
      }
    }
  }
  return larger;
}

/** For each place on the larger side: the places before and after it on the smaller, and the share of the second. */
function neighbours(from: number, to: number) {
  const low = new Uint32Array(to), high = new Uint32Array(to), share = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1);
    low[i] = Math.floor(at);
    high[i] = Math.min(low[i]! + 1, from - 1);
    share[i] = at - low[i]!;
  }
  return { low, high, share };
}
