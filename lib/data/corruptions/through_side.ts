import sharp from "sharp";
import { enlarge } from "@/lib/data/corruptions/enlarge.ts";

/**
 * An image shrunk with Lanczos-3, as ingest does, to about `side` pixels, and enlarged again by bilinear interpolation. No
 * source at hand tells the paper's kernels.
 */
export async function throughSide(
  pixels: Uint8Array,
  { px, side }: { readonly px: number; readonly side: number },
): Promise<Uint8Array> {
  const small = Math.max(1, Math.round(side));
  const shrunk = await sharp(pixels, { raw: { width: px, height: px, channels: 3 } })
    .resize(small, small, { kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return enlarge(shrunk, { from: small, to: px });
}
