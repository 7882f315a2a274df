import type { Network } from "@/dsl/mod.ts";

/** The length of an encoder's feature vector. */
export function featureCount({ block, blocks, width }: Network): number {
  return width * 2 ** (blocks.length - 1) * (block === "bottleneck" ? 4 : 1);
}

/** The numbers in an encoder's file: convolutions, and four of each channel's normalisation. */
export function parameterCount({ stem, block, blocks, width }: Network): number {
  let total = (stem === "large" ? 49 : 9) * 3 * width + 4 * width;
  let input = width;
  blocks.forEach((count, stage) => {
    const inner = width * 2 ** stage, output = block === "bottleneck" ? 4 * inner : inner;
    for (let i = 0; i < count; i++) {
      total += block === "bottleneck"
        ? inner * (input + 9 * inner + output) + 4 * (2 * inner + output)
        : 9 * inner * (input + inner) + 8 * inner;
      if (input !== output || (stage > 0 && i === 0)) total += output * (input + 4);
      input = output;
    }
  });
  return total;
}
