import type { Network } from "@/dsl/mod.ts";

/** A bottleneck's output has so many times the channels of its 3x3 convolution (He et al. 2016, section 4.1). */
const EXPANSION = 4;

/**
 * The multiply-adds of one forward pass of a residual network's convolutions on one square image.
 *
 * A backward pass costs about two forward passes.
 *
 * @param pixels Side of the image.
 */
export function multiplyAdds(network: Network, pixels: number): number {
  const { stem, block, width } = network;
  // Each convolution: the pixels that come out, times the taps and channels that each one sums.
  const stemSide = stem === "large" ? Math.ceil(pixels / 2) : pixels;
  let total = stemSide ** 2 * (stem === "large" ? 49 : 9) * 3 * width;
  let side = stem === "large" ? Math.ceil(stemSide / 2) : stemSide;
  let input = width;
  network.blocks.forEach((count, stage) => {
    const inner = width * 2 ** stage;
    const output = block === "bottleneck" ? inner * EXPANSION : inner;
    for (let i = 0; i < count; i++) {
      const before = side;
      if (stage > 0 && i === 0) side = Math.ceil(side / 2);
      total += block === "bottleneck"
        ? before ** 2 * input * inner + side ** 2 * inner * (9 * inner + output)
        : side ** 2 * 9 * inner * (input + inner);
      if (before !== side || input !== output) total += side ** 2 * input * output;
      input = output;
    }
  });
  return total;
}
