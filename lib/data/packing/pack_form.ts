import sharp from "sharp";

/** How a pack keeps its images: as plain RGB, or as JPEG files one after another. */
export type PackForm = "raw" | "jpeg";

/** The largest side, in pixels, of images that are kept as plain RGB; a million of 96 px take 28 GB. */
const maximumRawPixels = 96;

/** The form of a pack of images of a side in pixels. */
export function packForm(px: number): PackForm {
  return px <= maximumRawPixels ? "raw" : "jpeg";
}

/** An image as a pack of its size keeps it: itself, or a JPEG of quality 95 with colour at full resolution. */
export async function storedImage(image: Uint8Array, px: number): Promise<Uint8Array> {
  if (packForm(px) === "raw") return image;
  return await sharp(image, { raw: { width: px, height: px, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

/** The image of {@linkcode storedImage}, but for what JPEG loses: RGB of 0 to 255, `[px, px, 3]`. */
export async function shownImage(stored: Uint8Array, px: number): Promise<Uint8Array> {
  if (packForm(px) === "raw") return stored;
  return await sharp(stored).raw().toBuffer();
}
