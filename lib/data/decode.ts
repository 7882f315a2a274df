import sharp, { type Sharp } from "sharp";
import type { StoredPicture } from "@/lib/data/data_set.ts";

/** The most pixels of an image that is decoded (300 MB as RGB), against files that claim any size. */
const maximumPixels = 100_000_000;

/** The most bytes of an image file that is read. */
export const maximumImageBytes = 256 * 2 ** 20;

/**
 * Decodes a picture to a square: turned upright by its EXIF orientation, converted to sRGB of 8 bits, laid on white where
 * it is transparent, scaled with Lanczos-3 until the shorter side fits, and cropped at the centre of the longer side.
 *
 * @param picture A JPEG, PNG or WebP (of an animation, the first frame), or plain RGB.
 * @param px Side of the square, in pixels.
 * @returns RGB of 0 to 255, `[px, px, 3]`.
 * @throws {Error} If the image is broken, cut short or too large; see {@linkcode whyBroken}.
 */
export async function decodeImage(picture: StoredPicture, px: number): Promise<Uint8Array> {
  if ("pixels" in picture && picture.width === px && picture.height === px) return picture.pixels;
  const { data, info } = await open(picture)
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

function open(picture: StoredPicture): Sharp {
  if ("pixels" in picture) {
    const { pixels, width, height } = picture;
    return sharp(pixels, { raw: { width, height, channels: 3 } });
  }
  // The decoder knows more kinds, some of which can do more than hold a picture.
  if (!isKnownKind(picture.encoded)) throw new Error("The file is no image of a kind that is read");
  return sharp(picture.encoded, {
    // Mere warnings, such as odd metadata, leave the picture whole.
    failOn: "error",
    limitInputPixels: maximumPixels,
    autoOrient: true,
  });
}

/**
 * Why a file could not be decoded, in words that are the same at every run: images in flight share the decoder's one
 * message, so that its own change.
 */
export async function whyBroken(encoded: Uint8Array): Promise<string> {
  if (!isKnownKind(encoded)) return "the file is no image of a kind that is read (JPEG, PNG, WebP)";
  try {
    const { width, height } = await sharp(encoded, { limitInputPixels: false }).metadata();
    if (width * height > maximumPixels) {
      return `the image has ${width} x ${height} pixels, more than ${maximumPixels / 1e6} million`;
    }
  } catch {
    // Not even its size can be read.
  }
  return "the image is cut short or damaged";
}

/** Whether a file begins as a JPEG, a PNG or a WebP does, whatever its name. */
function isKnownKind(encoded: Uint8Array): boolean {
  const beginning = String.fromCharCode(...encoded.subarray(0, 12));
  return /^(\xff\xd8|\x89PNG|RIFF....WEBP)/s.test(beginning);
}
