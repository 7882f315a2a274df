import { InputError } from "@/lib/base/errors.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";

/** Labelled images in two parts, by their places among all. */
export interface HeldOut {
  /** Those to learn from while a setting is chosen. */
  readonly kept: Uint32Array;
  /** Those to judge it by. */
  readonly heldOut: Uint32Array;
}

/**
 * Draws the labelled images by which a probe chooses its setting; the same for every probe of the same count and seed.
 *
 * @param options `part`: what to hold out of all, of 0 to 1; at least one image is, and at least one is kept.
 * @throws {InputError} If there are fewer than two images.
 */
export function holdOut(
  count: number,
  options: { readonly part: number; readonly seed: number },
): HeldOut {
  if (count < 2) {
    throw new InputError(
      "probe.labels",
      `${count} labelled image(s), of which none can be held out`,
      "Give at least 2",
    );
  }
  const order = permutation(count, randomAt(options.seed, "held-out"));
  const size = Math.min(count - 1, Math.max(1, Math.round(count * options.part)));
  return { kept: order.subarray(size), heldOut: order.subarray(0, size) };
}
