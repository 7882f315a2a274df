/**
 * Networks as data: lists of layers, from which their weights, the length of their features and their arithmetic follow.
 *
 * To add a family: its settings in `dsl/network.ts`, a file here that makes its layers, a line in {@linkcode families}; a new kind
 * of layer has its facts in `facts.ts` and is run in `lib/model/run_layer.ts`.
 *
 * @module
 */

import type { Network } from "@/dsl/mod.ts";
import { madeBy, multiplyAddsOf, outputOf, weightsOf } from "@/lib/network/facts.ts";
import type { Layer } from "@/lib/network/layer.ts";
import { remembered } from "@/lib/network/remembered.ts";
import { resnetLayers } from "@/lib/network/resnet.ts";
import { vitLayers } from "@/lib/network/vit.ts";
import { sizeOf, type WeightSpecs } from "@/lib/network/weights.ts";

export * from "@/lib/network/floor.ts";
export type { Layer, Op } from "@/lib/network/layer.ts";
export * from "@/lib/network/weights.ts";

const families: {
  readonly [F in Network["family"]]: (
    network: Extract<Network, { family: F }>,
  ) => readonly Layer[];
} = { resnet: resnetLayers, vit: vitLayers };

/** The layers of a network, from images of three channels to feature vectors. */
export function layersOf(network: Network): readonly Layer[] {
  // Each family makes its own; of a network at hand the compiler knows the union alone.
  return (families[network.family] as (network: Network) => readonly Layer[])(network);
}

/** The weights of a network, in the order of its layers. */
export function networkWeights(network: Network): WeightSpecs {
  return weightsOf(layersOf(network));
}

/** The length of a network's feature vectors. */
export function featureCount(network: Network): number {
  return features(network, 224);
}

const features = remembered((network, side): number =>
  outputOf(layersOf(network), { side, channels: 3 }).channels
);

/**
 * The multiply-adds of one forward pass of a network on one square image, of its convolutions, dense layers and attention alone; a
 * backward pass costs about two forward passes.
 *
 * @param pixels Side of the image.
 */
export function multiplyAdds(network: Network, pixels: number): number {
  return multiplyAddsOf(layersOf(network), { side: pixels, channels: 3 });
}

/** What a network makes of an image on the way to its features, in numbers. */
export interface Activations {
  /** Those that a training keeps until the backward pass reads them again, the image itself left out. */
  readonly kept: number;
  /** The most that one layer makes. */
  readonly largest: number;
}

/**
 * The activations of a network on one square image.
 *
 * @param pixels Side of the image.
 */
export function activationsOf(network: Network, pixels: number): Activations {
  return activations(network, pixels);
}

const activations = remembered((network, side): Activations => {
  let kept = 0, largest = 0;
  for (const made of madeBy(layersOf(network), { side, channels: 3 })) {
    if (made.kept) kept += made.numbers;
    largest = Math.max(largest, made.numbers);
  }
  return { kept, largest };
});

/** How many numbers the weights of a network are. */
export interface WeightCounts {
  readonly parameters: number;
  /** Running means and variances. */
  readonly statistics: number;
}

/** Counts the weights of a network. */
export function weightCounts(network: Network): WeightCounts {
  return counts(network, 0);
}

const counts = remembered((network): WeightCounts => {
  const { parameters, statistics } = networkWeights(network);
  const numbers = (specs: readonly { readonly shape: readonly number[] }[]) =>
    specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { parameters: numbers(parameters), statistics: numbers(statistics) };
});

/** How many numbers a network's file holds: its parameters and running statistics. */
export function storedNumbers(network: Network): number {
  const { parameters, statistics } = weightCounts(network);
  return parameters + statistics;
}
