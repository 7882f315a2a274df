import sharp, { type Sharp } from "sharp";
import type { StoredPicture } from "@/lib/data/data_set.ts";
import { foreignContent } from "@/lib/data/files/foreign_content.ts";
import { type ImageKind, imageKind, tiffNumber, tiffTags } from "@/lib/data/files/image_kind.ts";

/** The most pixels of an image that is decoded (300 MB as RGB), against files that claim any size. */
const maximumPixels = 100_000_000;

/** The most bytes of an image file that is read. */
export const maximumImageBytes = 256 * 2 ** 20;

/**
 * Decodes a picture to a square: turned upright by its EXIF orientation, converted to sRGB of 8 bits, laid on white where
 * it is transparent, scaled with Lanczos-3 until the shorter side fits, and cropped at the centre of the longer side.
 *
 * @param picture A JPEG, PNG, WebP, GIF, TIFF or AVIF (of several frames or pages, the first), or plain RGB.
 * @param px Side of the square, in pixels.
 * @returns RGB of 0 to 255, `[px, px, 3]`.
 * @throws {Error} If the image is broken, cut short or too large; see {@linkcode whyBroken}.
 */
export async function decodeImage(picture: StoredPicture, px: number): Promise<Uint8Array> {
  if ("pixels" in picture && picture.width === px && picture.height === px) return picture.pixels;
  if ("encoded" in picture && imageKind(picture.encoded) === "TIFF") {
    const problem = await tiffProblem(picture.encoded);
    if (problem !== undefined) throw new Error(problem);
  }
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
  if (!isRead(imageKind(picture.encoded))) {
    throw new Error("The file is not an image of a kind that is read");
  }
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
  const kind = imageKind(encoded);
  if (!isRead(kind)) {
    const what = kind === undefined ? foreignContent(encoded) : `of the kind ${kind}`;
    return `the file is ${what === undefined ? "" : `${what}, `}not an image of ` +
      `a kind that is read (${kindsRead.join(", ")})`;
  }
  try {
    const { width, height } = await sharp(encoded, { limitInputPixels: false }).metadata();
    if (width * height > maximumPixels) {
      return `the image has ${width} x ${height} pixels, more than ${maximumPixels / 1e6} million`;
    }
    const problem = kind === "TIFF" ? await tiffProblem(encoded) : undefined;
    if (problem !== undefined) return problem;
  } catch {
    // Not even its size can be read.
  }
  return "the image is cut short or damaged";
}

const kindsRead: readonly ImageKind[] = ["JPEG", "PNG", "WebP", "GIF", "TIFF", "AVIF"];

function isRead(kind: ImageKind | undefined): boolean {
  return kind !== undefined && kindsRead.includes(kind);
}

/** Why a TIFF, which may hold measurements of any kind, is no picture; undefined if it is one. */
async function tiffProblem(encoded: Uint8Array): Promise<string | undefined> {
  const { depth, space, channels } = await sharp(encoded, { limitInputPixels: false }).metadata();
  if (depth !== "uchar" && depth !== "ushort") {
    return `the numbers of the TIFF are of the type ${depth}, and only those of 8 and 16 bits without sign are read`;
  }
  const colours = space === "b-w" || space === "grey16" ? 1 : space === "cmyk" ? 4 : 3;
  if (channels > colours + 1) return `the TIFF has ${channels} channels, which make no picture`;
  const isTransparency = [1, 2].includes(tiffNumber(encoded, tiffTags.extraSample) ?? 0);
  if (channels > colours && !isTransparency) {
    return `the TIFF has ${channels} channels, the last of which is not transparency`;
  }
  return undefined;
}
