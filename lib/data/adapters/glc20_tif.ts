import sharp from "sharp";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { PATCH_SIDE } from "@/lib/data/adapters/glc20_form.ts";
import { tiffNumber, tiffTags } from "@/lib/data/files/image_kind.ts";

// Greys that are the numbers themselves: neither inverted nor looked up in a palette.
const BLACK_IS_ZERO = 1;

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
    const isCode = format === "tiff" && channels === 1 && /^(uchar|ushort)$/.test(depth) &&
      /^(b-w|grey16)$/.test(space) && tiffNumber(bytes, tiffTags.photometric) === BLACK_IS_ZERO;
    if (!isCode || width !== PATCH_SIDE || height !== PATCH_SIDE) {
      throw new InputError(
        path,
        `it is a ${format} of ${width} x ${height} pixels, ${channels} band(s), ${space}, ${depth}`,
        `Use the land cover as published: a tif of ${PATCH_SIDE} x ${PATCH_SIDE} pixels, one band of 8 or 16 bits without sign or palette`,
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
