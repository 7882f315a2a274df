/** Up to this side a pack keeps plain RGB; beyond, JPEG files. */
export const plainPixels = 96;

// Some half a byte a pixel.
const jpegBytesPerPixel = 0.5;

/** The bytes of an image in a pack. */
export function imageBytes(pixels: number): number {
  return pixels <= plainPixels ? 3 * pixels ** 2 : jpegBytesPerPixel * pixels ** 2;
}

/** The bytes of a sheet of small pictures. */
export const sheetBytes = 120_000;
