import type { Image } from "@/lib/probe/floors/image.ts";

/** An image reduced to a side: each pixel is the mean of the area that it covers; an image that is no larger stays as it is. */
export function reduced(image: Image, side: number): Image {
  const { side: from, values } = image;
  if (from <= side) return image;
  const shares = sharesAlong(from, side);
  // [side, from, 3]
  const rows = new Float64Array(side * from * 3), line = from * 3;
  shares.forEach((some, row) => {
    for (const { at, share } of some) {
      for (let i = 0; i < line; i++) rows[row * line + i]! += share * values[at * line + i]!;
    }
  });
  const small = new Float64Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    shares.forEach((some, column) => {
      const to = 3 * (row * side + column);
      for (const { at, share } of some) {
        for (let c = 0; c < 3; c++) small[to + c]! += share * rows[row * line + 3 * at + c]!;
      }
    });
  }
  return { side, values: small };
}

/** Of each new pixel on a line, the old ones that it covers and their shares of it. */
function sharesAlong(
  from: number,
  to: number,
): readonly (readonly { readonly at: number; readonly share: number }[])[] {
  const length = from / to;
  return Array.from({ length: to }, (_, place) => {
    const start = place * from / to, end = (place + 1) * from / to, first = Math.floor(start);
    return Array.from({ length: Math.min(from, Math.ceil(end)) - first }, (_, i) => {
      const covered = Math.min(end, first + i + 1) - Math.max(start, first + i);
      return { at: first + i, share: covered / length };
    });
  });
}
