import sharp from "sharp";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { classesAt, type LevelClasses } from "@/lib/data/hierarchy.ts";
import type { Pack } from "@/lib/data/pack.ts";

/** White pixels between two images and around the sheet. */
const gap = 2;

/** The size of a contact sheet. */
export interface ContactSheetOptions {
  /** Images in a row. */
  readonly columns: number;
  /** The most rows, a class each. */
  readonly rows: number;
  /** Side of an image on the sheet, in pixels; by default that of the pack. */
  readonly px?: number;
  /** The seed that chooses the images. */
  readonly seed: number;
}

/** A row of a contact sheet. */
export interface ContactRow {
  /** The name of its class. */
  readonly name: string;
  /** Indices of its images in the training split, at most `columns`. */
  readonly images: readonly number[];
}

/**
 * Chooses what a contact sheet shows: a row a class of the level whose number of classes comes nearest to `rows`, the
 * largest classes where it has more; in each row, training images drawn without replacement.
 *
 * @returns The level's name, and its rows in the order of the classes.
 */
export function contactRows(
  pack: Pack,
  options: ContactSheetOptions,
): { readonly level: string; readonly rows: readonly ContactRow[] } {
  const { columns, rows, seed } = options;
  const levels = pack.hierarchy.levels.map((level) => classesAt(pack.hierarchy, level));
  const misfit = ({ names }: LevelClasses): number => Math.abs(Math.log(names.length / rows));
  // The coarser of two that fit equally well, because a reader takes in broad classes first.
  const { level, names, classOfLeaf } = levels.reduce((a, b) => misfit(b) <= misfit(a) ? b : a);
  const members = names.map((): number[] => []);
  pack.split("train").labels.forEach((leaf, i) => members[classOfLeaf[leaf]!]!.push(i));
  const shown = names.map((_, i) => i)
    .sort((a, b) => members[b]!.length - members[a]!.length || a - b)
    .slice(0, rows)
    .sort((a, b) => a - b);
  const chosen = shown.map((number): ContactRow => {
    const all = members[number]!;
    const order = permutation(all.length, randomAt(seed, "contact sheet", number));
    return { name: names[number]!, images: [...order.subarray(0, columns)].map((i) => all[i]!) };
  });
  return { level, rows: chosen };
}

/**
 * Draws sample images of the training split on white, in the rows of `contactRows()`.
 *
 * @returns A PNG.
 */
export async function contactSheet(
  pack: Pack,
  options: ContactSheetOptions,
): Promise<Uint8Array> {
  const { rows } = contactRows(pack, options);
  const { columns, px = pack.px } = options;
  const { images } = pack.split("train");
  const bytesPerImage = pack.px ** 2 * 3;
  const raw = { width: pack.px, height: pack.px, channels: 3 } as const;
  const tiles = rows.flatMap((row, y) =>
    row.images.map(async (image, x) => ({
      // A copy, because a split can be larger than the native side takes in one piece.
      input: await sharp(images.slice(image * bytesPerImage, (image + 1) * bytesPerImage), { raw })
        .resize(px, px, { kernel: px > pack.px ? "nearest" : "lanczos3" })
        .png()
        .toBuffer(),
      left: gap + x * (px + gap),
      top: gap + y * (px + gap),
    }))
  );
  return await sharp({
    create: {
      width: gap + columns * (px + gap),
      height: gap + rows.length * (px + gap),
      channels: 3,
      background: "#ffffff",
    },
  }).composite(await Promise.all(tiles)).removeAlpha().png().toBuffer();
}
