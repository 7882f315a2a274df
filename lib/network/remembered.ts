import type { Network } from "@/dsl/mod.ts";

/** Remembers what was found of a network at a size: the steps of a plan share a few networks, and each asks. */
export function remembered<T>(
  find: (network: Network, pixels: number) => T,
): (network: Network, pixels: number) => T {
  const known = new WeakMap<Network, Map<number, T>>();
  return (network, pixels) => {
    const sizes = known.get(network) ?? new Map<number, T>();
    known.set(network, sizes);
    const found = sizes.get(pixels) ?? find(network, pixels);
    sizes.set(pixels, found);
    return found;
  };
}
