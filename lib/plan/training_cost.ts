import type { Network, Passes, Training } from "@/dsl/mod.ts";
import { multiplyAdds } from "@/lib/network/mod.ts";

/**
 * Multiply-adds a second of one core of the reference machine, which has AVX-512, with two at a time; with what a step takes
 * beside them, a step of SimCLR at the scale `mini` does 35e9.
 */
export const multiplyAddRate = 40e9;

// Seconds of a training step beside its network's arithmetic: what twice as many steps of half the batch took longer.
const stepOverhead = 3.5e-3;

// How much faster a training step is in bfloat16, where the processor knows it.
const bfloat16Gain = 1.5;

/** The images that a training on so many is shown, all epochs counted. */
export function shownImages(
  { epochs, minimumSteps, batch }: Pick<Training, "epochs" | "minimumSteps" | "batch">,
  images: number,
): number {
  return Math.max(images * epochs, minimumSteps * Math.min(batch, images));
}

/** Seconds of a training that is shown so many images, whose views cost so many passes of the network, group by group. */
export function trainingSeconds(
  { shown, passes, network }: {
    readonly shown: number;
    readonly passes: readonly Passes[];
    readonly network: Network;
  },
  { views, batch, precision }: Pick<Training, "views" | "batch" | "precision">,
): number {
  const each = views.reduce(
    (sum, { count, augmentation }, group) => {
      const { forward, backward } = passes[group]!;
      return sum + count * (forward + 2 * backward) * multiplyAdds(network, augmentation.pixels);
    },
    0,
  );
  const rate = precision === "bfloat16" ? multiplyAddRate * bfloat16Gain : multiplyAddRate;
  return shown * each / rate + stepOverhead * shown / batch;
}
