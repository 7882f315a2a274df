import { type Random, randomAt } from "@/lib/base/random.ts";
import type { Corrupt } from "@/lib/data/corruptions/corruption.ts";

/** Each pixel that is struck becomes black or white, with equal chances. No source at hand tells the paper's. */
export const saltAndPepperImage: Corrupt<"salt-and-pepper"> = (
  pixels,
  { probability },
  { image },
) => {
  const random = randomAt(0, "salt and pepper", image);
  return Promise.resolve(saltAndPepper(pixels, { probability, random }));
};

/**
 * A copy in which each pixel becomes black or white with a probability, each colour in half of the cases, all channels
 * together and each pixel by itself.
 *
 * @param pixels RGB of 0 to 255, `[pixels, 3]`.
 * @param options `random` gives one number a pixel, in their order.
 */
export function saltAndPepper(
  pixels: Uint8Array,
  { probability, random }: { readonly probability: number; readonly random: Random },
): Uint8Array {
  // Not slice(), which of a Buffer gives the same memory again.
  const struck = new Uint8Array(pixels);
  for (let at = 0; at < struck.length; at += 3) {
    const number = random.uniform();
    if (number < probability) struck.fill(number < probability / 2 ? 0 : 255, at, at + 3);
  }
  return struck;
}
