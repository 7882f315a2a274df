import sharp from "sharp";
import type { Corruption } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { enlarge } from "@/lib/data/corrupt_enlarge.ts";
import { saltAndPepper } from "@/lib/data/corrupt_salt_and_pepper.ts";

/** Which image is corrupted. */
export interface CorruptOptions {
  /** Side of the image, in pixels. */
  readonly px: number;
  /** The image's number in its domain's training split: the noise is a function of it, in every subset and epoch. */
  readonly image: number;
}

/**
 * A corrupted copy of an image (paper, Fig 4), of the same size.
 *
 * Downsampling and resizing shrink with Lanczos-3, as ingest does, and enlarge by bilinear interpolation; JPEG halves the
 * resolution of colour (4:2:0), as most of its writers do below quality 90; each pixel that salt and pepper strikes
 * becomes black or white with equal chances. No source at hand tells the paper's kernels, colour resolution or chances.
 *
 * @param pixels RGB of 0 to 255, `[px, px, 3]`.
 */
export async function corruptImage(
  pixels: Uint8Array,
  corruption: Corruption,
  { px, image }: CorruptOptions,
): Promise<Uint8Array> {
  switch (corruption.kind) {
    case "clean":
      return new Uint8Array(pixels);
    case "downsample":
      return await throughSide(pixels, px, px / corruption.factor);
    case "resize":
      return await throughSide(pixels, px, px * corruption.share);
    case "jpeg":
      return await throughJpeg(pixels, px, corruption.quality);
    case "salt-and-pepper":
      return saltAndPepper(pixels, {
        probability: corruption.probability,
        random: randomAt(0, "salt and pepper", image),
      });
  }
}

/** Shrunk to about `side` pixels and enlarged again. */
async function throughSide(pixels: Uint8Array, px: number, side: number): Promise<Uint8Array> {
  const small = Math.max(1, Math.round(side));
  const shrunk = await sharp(pixels, { raw: { width: px, height: px, channels: 3 } })
    .resize(small, small, { kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return enlarge(shrunk, { from: small, to: px });
}

async function throughJpeg(pixels: Uint8Array, px: number, quality: number): Promise<Uint8Array> {
  const file = await sharp(pixels, { raw: { width: px, height: px, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
  return new Uint8Array(await sharp(file).raw().toBuffer());
}
