import sharp from "sharp";
import type { Corrupt } from "@/lib/data/corruptions/corruption.ts";

/**
 * Saved as JPEG, which halves the resolution of colour (4:2:0), as most of its writers do below quality 90. No source at hand
 * tells the paper's colour resolution.
 */
export const jpeg: Corrupt<"jpeg"> = async (pixels, { quality }, { px }) => {
  const file = await sharp(pixels, { raw: { width: px, height: px, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
  return new Uint8Array(await sharp(file).raw().toBuffer());
};
