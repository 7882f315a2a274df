import { Buffer } from "node:buffer";
import { type Content, type Html, markup } from "@/lib/report/html.ts";

/** A contact sheet and what is said of it. */
export interface SheetParts {
  /** PNG. */
  readonly bytes: Uint8Array;
  readonly alt: string;
  readonly caption: Content;
}

/** Contact sheets side by side, the images inside the page. */
export function sheetFigures(sheets: readonly SheetParts[]): Html {
  return markup`<div class="sheets">${sheets.map(sheetFigure)}</div>
`;
}

function sheetFigure({ bytes, alt, caption }: SheetParts): Html {
  const { width, height } = pngSize(bytes);
  const source = `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
  return markup`<figure><img src="${source}" width="${width}" height="${height}" alt="${alt}">
<figcaption>${caption}</figcaption></figure>
`;
}

/** Width and height in the first chunk of a PNG, so that the page keeps the room before the image is decoded. */
function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
