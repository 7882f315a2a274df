import type { Corruption } from "@/dsl/mod.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { corruptImage } from "@/lib/data/corruptions/corrupt.ts";
import type { Pack } from "@/lib/data/pack.ts";
import { pretrainingImages } from "@/lib/data/pretraining_images.ts";
import { tileSheet } from "@/lib/data/tiles.ts";

// A sample is shown at about this side; of a larger image its middle, because shrinking would hide what was done to it.
const shownPixels = 80;

/**
 * Draws a few images that may be pretrained on as they are, and below them corrupted: the same images for every corruption of a subset.
 *
 * @param options `indices`: the numbers of the images to draw from; `columns`: how many are drawn.
 * @returns A PNG of two rows.
 */
export async function corruptionSample(
  pack: Pack,
  { corruption, indices, columns }: {
    readonly corruption: Corruption;
    readonly indices: Uint32Array;
    readonly columns: number;
  },
): Promise<Uint8Array> {
  const { px } = pack;
  const { read } = pretrainingImages(pack);
  const order = permutation(indices.length, randomAt(0, "corruption sample"));
  const chosen = [...order.subarray(0, columns)].map((place) => indices[place]!);
  const clean = await Promise.all(chosen.map((image) => read([image])));
  const corrupted = await Promise.all(
    chosen.map((image, i) => corruptImage(clean[i]!, corruption, { px, image })),
  );
  const shown = Math.min(px, shownPixels);
  const rows = [clean, corrupted].map((row) => row.map((pixels) => middle(pixels, px, shown)));
  return await tileSheet(rows, { px: shown, zoom: Math.max(1, Math.round(shownPixels / px)) });
}

/** The middle square of an image, `[side, side, 3]`. */
function middle(pixels: Uint8Array, px: number, side: number): Uint8Array {
  const margin = Math.floor((px - side) / 2);
  const cut = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((margin + y) * px + margin) * 3;
    cut.set(pixels.subarray(from, from + side * 3), y * side * 3);
  }
  return cut;
}
