import { applyScale, type FeatureScale } from "@/lib/probe/standardise_features.ts";

/** The features of some images under one encoder. */
export interface FeatureBlock {
  /** `[count, dim]`, flat. */
  readonly features: Float32Array;
  readonly dim: number;
}

/** The features of several encoders side by side. */
export interface FusedFeatures extends FeatureBlock {
  /** Dimensions of each block, whose sum is `dim`. */
  readonly blocks: readonly number[];
}

/**
 * Concatenates the features of the same images under several encoders (paper, Table 3), as they are: what makes their
 * units comparable is fitted to the labelled images of a probe, by {@linkcode balanceBlocks}.
 *
 * @param blocks One an encoder, of any methods.
 * @throws {RangeError} If they are not of the same number of images.
 */
export function fuse(blocks: readonly FeatureBlock[]): FusedFeatures {
  const counts = blocks.map(({ features, dim }) => features.length / dim);
  const count = counts[0] ?? 0;
  if (counts.some((one) => one !== count)) {
    throw new RangeError(`Cannot fuse features of ${counts.join(" and ")} images`);
  }
  const dim = blocks.reduce((sum, block) => sum + block.dim, 0);
  const features = new Float32Array(count * dim);
  let left = 0;
  for (const block of blocks) {
    for (let row = 0; row < count; row++) {
      const vector = block.features.subarray(row * block.dim, (row + 1) * block.dim);
      features.set(vector, row * dim + left);
    }
    left += block.dim;
  }
  return { features, dim, blocks: blocks.map((block) => block.dim) };
}

/**
 * Gives every block of fused features the same say: b' = b * √(mean power / power of b), where the power of a block is the
 * mean squared norm of the labelled images' vectors in it.
 *
 * Without it an encoder with larger features, or more of them, would outweigh the other in a distance, in a penalty and in
 * a learning rate. One factor a block, not a norm an image (as L2 would be), leaves the features of a single encoder
 * exactly as they are, so that a fusion is compared with its parts under one treatment.
 *
 * @param scale What else is done to the features, before.
 * @param on The labelled images' features `[count, dim]` and the dimensions of each block.
 * @throws {RangeError} If the blocks are not as wide together as the features.
 */
export function balanceBlocks(
  scale: FeatureScale,
  on: { readonly features: Float32Array; readonly blocks: readonly number[] },
): FeatureScale {
  const { mean, factor } = scale;
  const dim = mean.length;
  if (on.blocks.reduce((sum, width) => sum + width, 0) !== dim) {
    throw new RangeError(`Cannot balance blocks of ${on.blocks.join(" + ")} in ${dim} dimensions`);
  }
  const power = new Float64Array(on.blocks.length);
  const blockOf = on.blocks.flatMap((width, block) => Array<number>(width).fill(block));
  applyScale(on.features, scale).forEach((value, i) => power[blockOf[i % dim]!]! += value * value);
  const mostly = power.reduce((sum, one) => sum + one, 0) / power.length;
  // A block that is 0 everywhere stays so.
  const balance = power.map((one) => one > 0 ? Math.sqrt(mostly / one) : 1);
  return { mean, factor: factor.map((one, i) => one * balance[blockOf[i]!]!) };
}
