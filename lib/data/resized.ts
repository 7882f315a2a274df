import sharp from "sharp";

/** A square image at another size, `[to, to, 3]`, by Lanczos' kernel; to be looked at, not to be trained on. */
export async function resized(
  pixels: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Uint8Array> {
  if (from === to) return pixels;
  return await sharp(pixels, { raw: { width: from, height: from, channels: 3 } })
    .resize(to, to, { kernel: "lanczos3" })
    .raw()
    .toBuffer();
}
