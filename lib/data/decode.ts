import sharp from "sharp";

/** The most pixels of an image that is decoded (300 MB as RGB), against files that claim any size. */
const maximumPixels = 100_000_000;

/** The most bytes of an image file that is read. */
export const maximumImageBytes = 256 * 2 ** 20;

/**
 * Decodes an image to a square: turned upright by its EXIF orientation, converted to sRGB of 8 bits, laid on white where
 * it is transparent, scaled with Lanczos-3 until the shorter side fits, and cropped at the centre of the longer side.
 *
 * @param bytes A JPEG, PNG or WebP; of an animation, the first frame.
 * @param px Side of the square, in pixels.
 * @returns RGB of 0 to 255, `[px, px, 3]`.
 * @throws {Error} If the image is broken, cut short or too large.
 */
export async function decodeImage(bytes: Uint8Array, px: number): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes, {
    // Mere warnings, such as odd metadata, leave the picture whole.
    failOn: "error",
    limitInputPixels: maximumPixels,
    autoOrient: true,
  })
    .flatten({ background: "#ffffff" })
    .resize(px, px, { fit: "cover", position: "centre", kernel: "lanczos3" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) {
    throw new Error(`The image has ${info.channels} channels after decoding`);
  }
  return data;
}
