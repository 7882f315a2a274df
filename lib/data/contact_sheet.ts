import {
  type ContactRow,
  contactRows,
  type ContactRowsOptions,
  unlabelledRows,
} from "@/lib/data/contact_rows.ts";
import type { Pack, PackedSplit } from "@/lib/data/pack.ts";
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
  const images = rows.map((row) => row.images);
  return { png: await draw(images, { ...options, read, side: pack.px }), rows };
}

/** Draws sample images of a pack's split without labels on white. */
export async function unlabelledSheet(
  pack: Pack,
  options: Omit<ContactSheetOptions, "level">,
): Promise<Uint8Array> {
  const { count, read } = pack.split("unlabelled");
  return await draw(unlabelledRows(count, options), { ...options, read, side: pack.px });
}

async function draw(
  rows: readonly (readonly number[])[],
  { read, side, ...options }: Omit<ContactSheetOptions, "level"> & {
    readonly read: PackedSplit["read"];
    /** Of the images, in pixels. */
    readonly side: number;
  },
): Promise<Uint8Array> {
  const px = Math.min(side, options.px);
  const tiles = await Promise.all(
    rows.map((images) =>
      Promise.all(
        images.map(async (image) => await resized(await read([image]), { from: side, to: px })),
      )
    ),
  );
  return await tileSheet(tiles, { ...options, px });
}
