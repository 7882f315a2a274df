import type { Random } from "@/lib/base/random.ts";

/** The range of a blur's standard deviation, in pixels of the view (Chen et al. 2020, appendix A). */
const DEVIATION = [0.1, 2] as const;

/** The length of a blur's kernel: a tenth of the view's side, made odd as SimCLR does; 1 below 20 pixels, which blurs nothing. */
export function blurLength(pixels: number): number {
  return 2 * Math.floor(Math.floor(pixels / 10) / 2) + 1;
}

/**
 * Draws whether a view is blurred, and how strongly.
 *
 * SimCLR draws one strength for all blurred views of a batch; here each view has its own.
 *
 * @param options.probability Of any blur.
 * @param options.length Of the kernel, odd.
 * @returns `[length]`: a Gaussian whose weights sum to 1, or the kernel that changes nothing.
 */
export function drawBlur(
  random: Random,
  options: { readonly probability: number; readonly length: number },
): Float32Array {
  const { probability, length } = options;
  const blurred = random.uniform() < probability;
  const deviation = random.between(...DEVIATION);
  const middle = (length - 1) / 2;
  const kernel = new Float32Array(length);
  if (!blurred) {
    kernel[middle] = 1;
    return kernel;
  }
  const weights = Array.from(
    kernel,
    (_, i) => Math.exp(-((i - middle) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  kernel.set(weights.map((weight) => weight / sum));
  return kernel;
}
