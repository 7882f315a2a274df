import { type ContactRow, contactRows, type ContactRowsOptions } from "@/lib/data/contact_rows.ts";
import type { Pack } from "@/lib/data/pack.ts";
import { resized } from "@/lib/data/resized.ts";
import { type TileOptions, tileSheet } from "@/lib/data/tiles.ts";

/** What a contact sheet shows, and how large. */
export interface ContactSheetOptions extends ContactRowsOptions, Pick<TileOptions, "palette"> {
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
      Promise.all(
        images.map(async (image) => await resized(await read([image]), { from: pack.px, to: px })),
      )
    ),
  );
  return { png: await tileSheet(tiles, { ...options, px }), rows };
}
