import sharp from "sharp";
import { type Content, type Html, markup } from "@/lib/report/html.ts";

/** A contact sheet and what is said of it. */
export interface SheetParts {
  /** PNG. */
  readonly bytes: Uint8Array;
  readonly alt: string;
  readonly caption: Content;
}

/** Contact sheets side by side, the images inside the page, to the pixel. */
export async function sheetFigures(sheets: readonly SheetParts[]): Promise<Html> {
  return markup`<div class="sheets">${await Promise.all(sheets.map(sheetFigure))}</div>
`;
}

async function sheetFigure({ bytes, alt, caption }: SheetParts): Promise<Html> {
  // Without loss too, a WebP takes three quarters of a PNG.
  const { data, info: { width, height } } = await sharp(bytes).webp({ lossless: true })
    .toBuffer({ resolveWithObject: true });
  const source = `data:image/webp;base64,${data.toString("base64")}`;
  return markup`<figure><img src="${source}" width="${width}" height="${height}" alt="${alt}">
<figcaption>${caption}</figcaption></figure>
`;
}
