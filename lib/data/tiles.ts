import sharp from "sharp";

/** White pixels between two tiles and around them all. */
const gap = 2;

/** How tiles are laid out. */
export interface TileOptions {
  /** Side of a tile's pixels, before it is enlarged. */
  readonly px: number;
  /** The columns that there is room for, whether or not a row fills them; by default those of the longest row. */
  readonly columns?: number;
  /** How many pixels of the sheet each pixel of a tile fills on a side; default 1. */
  readonly zoom?: number;
  /** Keep no more than 256 colours, which makes a file of a quarter; the eye sees no difference in photographs this small. */
  readonly palette?: boolean;
}

/**
 * Draws square images in rows on white, each of their pixels as a square of its own colour.
 *
 * @param rows The tiles of each row, from the left; each RGB of 0 to 255, `[px, px, 3]`.
 * @returns A PNG.
 */
export async function tileSheet(
  rows: readonly (readonly Uint8Array[])[],
  { px, zoom = 1, palette = false, columns = Math.max(...rows.map((row) => row.length)) }:
    TileOptions,
): Promise<Uint8Array> {
  const step = px * zoom + gap;
  const width = gap + columns * step, height = gap + rows.length * step;
  const sheet = new Uint8Array(width * height * 3).fill(255);
  for (const [row, tiles] of rows.entries()) {
    for (const [column, tile] of tiles.entries()) {
      const corner = (gap + row * step) * width + gap + column * step;
      for (let y = 0; y < px * zoom; y++) {
        for (let x = 0; x < px * zoom; x++) {
          const from = (Math.floor(y / zoom) * px + Math.floor(x / zoom)) * 3;
          sheet.set(tile.subarray(from, from + 3), (corner + y * width + x) * 3);
        }
      }
    }
  }
  return await sharp(sheet, { raw: { width, height, channels: 3 } }).png({ palette })
    .toBuffer();
}
