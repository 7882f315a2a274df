import sharp from "sharp";
import { type ContactRow, contactRows, type ContactRowsOptions } from "@/lib/data/contact_rows.ts";
import type { Pack } from "@/lib/data/pack.ts";
import { tileSheet } from "@/lib/data/tiles.ts";

/** What a contact sheet shows, and how large. */
export interface ContactSheetOptions extends ContactRowsOptions {
  /** The largest side of an image on the sheet, in pixels; larger ones are shrunk. */
  readonly px: number;
}

/** A contact sheet, and the class of each of its rows. */
export interface ContactSheet {
  readonly png: Uint8Array;
  readonly rows: readonly ContactRow[];
}

/** Draws sample images of a pack's training split on white, a row a class of one level. */
export async function contactSheet(
  pack: Pack,
  options: ContactSheetOptions,
): Promise<ContactSheet> {
  const { labels, read } = pack.split("train");
  const rows = contactRows({ hierarchy: pack.hierarchy, labels }, options);
  const px = Math.min(pack.px, options.px);
  const tiles = await Promise.all(
    rows.map(({ images }) =>
      Promise.all(images.map(async (image) => await shrunk(await read([image]), pack.px, px)))
    ),
  );
  return { png: await tileSheet(tiles, { px, columns: options.columns }), rows };
}

async function shrunk(pixels: Uint8Array, from: number, to: number): Promise<Uint8Array> {
  if (from === to) return pixels;
  return await sharp(pixels, { raw: { width: from, height: from, channels: 3 } })
    .resize(to, to, { kernel: "lanczos3" })
    .raw()
    .toBuffer();
}
