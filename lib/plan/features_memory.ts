import type { Network } from "@/dsl/mod.ts";
import { activationsOf, featureCount, storedNumbers } from "@/lib/network/mod.ts";
import type { HeldBytes } from "@/lib/plan/kind.ts";

// Of the largest activation: what a layer reads, what it makes, and what is added to it after.
const inFlight = 3;

/**
 * The bytes that the computing of features holds: weights, and of a batch of images what is in flight; nothing is kept for a
 * backward pass.
 *
 * @param images Of the larger split.
 * @param sides `pixels`: of the images; `seen`: of each as the network sees it.
 */
export function featuresMemory(
  network: Network,
  images: number,
  sides: { readonly pixels: number; readonly seen: number },
): HeldBytes {
  const { pixels, seen } = sides;
  // As `lib/probe/features.ts` has it.
  const batch = Math.max(1, Math.min(256, Math.floor(256 * (64 / pixels) ** 2)));
  const { largest } = activationsOf(network, seen);
  return {
    host: 4 * images * featureCount(network) + 3 * 3 * pixels ** 2 * batch,
    device: 4 * storedNumbers(network) +
      4 * batch * (3 * pixels ** 2 + 2 * 3 * seen ** 2 + inFlight * largest),
    divided: 0,
  };
}
