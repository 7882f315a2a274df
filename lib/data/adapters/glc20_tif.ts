import sharp from "sharp";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { PATCH_SIDE } from "@/lib/data/adapters/glc20_form.ts";

// The tag of TIFF 6.0 that says what a pixel's number means.
const PHOTOMETRIC = 262, BLACK_IS_ZERO = 1;

/**
 * The land-cover code at the centre of a patch of 2021 or 2022: a tif of one band of 8 or 16 bits, whose numbers are codes
 * and no colours.
 *
 * @throws {InputError} If it cannot be read, or is of another form.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function codeOfTif(path: string): Promise<number> {
  const bytes = await Deno.readFile(path);
  try {
    const { width, height, channels, depth, space, format } = await sharp(bytes).metadata();
    // Anything else would be converted to colours or greys, and so become other numbers.
    const isCode = format === "tiff" && hasPlainNumbers(bytes) &&
      ((space === "b-w" && depth === "uchar") || (space === "grey16" && channels === 1));
    if (!isCode || width !== PATCH_SIDE || height !== PATCH_SIDE) {
      throw new InputError(
        path,
        `it is a ${format} of ${width} x ${height} pixels, ${channels} band(s), ${space}, ${depth}`,
        `Use the land cover as published: a tif of ${PATCH_SIDE} x ${PATCH_SIDE} pixels, one band of 8 or 16 bits without a palette`,
      );
    }
    const pixel = await sharp(bytes)
      .extract({ left: PATCH_SIDE / 2, top: PATCH_SIDE / 2, width: 1, height: 1 })
      .toColourspace(space!)
      .raw({ depth: "ushort" })
      .toBuffer();
    return pixel.readUInt16LE(0);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      path,
      `the land cover cannot be read: ${messageOf(error)}`,
      "Copy it again",
    );
  }
}

/** Whether the numbers of a tif are its greys: neither inverted nor looked up in a palette. */
function hasPlainNumbers(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0x49;
  const directory = view.getUint32(4, isLittle);
  const entries = view.getUint16(directory, isLittle);
  for (let at = directory + 2; at < directory + 2 + 12 * entries; at += 12) {
    if (view.getUint16(at, isLittle) === PHOTOMETRIC) {
      return view.getUint16(at + 8, isLittle) === BLACK_IS_ZERO;
    }
  }
  return false;
}
