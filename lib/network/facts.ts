import type { Layer, Op } from "@/lib/network/layer.ts";
import {
  dense,
  normalisation,
  runningStatistics,
  type WeightSpecs,
} from "@/lib/network/weights.ts";

/**
 * What passes between two layers: square images of so many channels, or of side 1 where there is nothing left of space; between
 * those of a transformer so many patches a side, and a class token beside them.
 */
export interface Shape {
  readonly side: number;
  readonly channels: number;
}

/** All that is known of a kind of layer without running it. */
interface Facts<L> {
  /** None where it has no weights. */
  readonly weights?: (layer: L) => WeightSpecs;
  /** Its input's where it changes nothing. */
  readonly output?: (layer: L, input: Shape) => Shape;
  /** Of one forward pass on one image; 0 where they do not count beside a convolution's. */
  readonly multiplyAdds?: (layer: L, input: Shape) => number;
  /** Whether the backward pass reads again what it makes, so that this is kept until then. */
  readonly kept?: boolean;
  /** Numbers that it makes of one image on the way to its output, and that the backward pass reads again; none by default. */
  readonly inside?: (layer: L, input: Shape) => number;
  /** The layers that it is made of, each list of which reads its input. */
  readonly inner?: (layer: L) => readonly (readonly Layer[])[];
}

const facts: { readonly [O in Op]: Facts<Extract<Layer, { op: O }>> } = {
  convolution: {
    weights: ({ name, side, input, output }) => ({
      parameters: [{ name: `${name}.weight`, kind: "conv", shape: [side, side, input, output] }],
      statistics: [],
    }),
    output: ({ stride, output }, { side }) => ({
      side: Math.ceil(side / stride),
      channels: output,
    }),
    // The pixels that come out, times the taps and channels that each one sums.
    multiplyAdds: ({ side, stride, input, output }, image) =>
      Math.ceil(image.side / stride) ** 2 * side ** 2 * input * output,
    // By the normalisation after it.
    kept: true,
  },
  normalisation: {
    weights: ({ name, channels }) => ({
      parameters: normalisation(name, channels),
      statistics: runningStatistics(name, channels),
    }),
  },
  // By its own gradient, and by the convolution after it. What a normalisation or a sum makes goes into one of these, and is not.
  relu: { kept: true },
  "max pooling": {
    output: ({ side, stride, padding }, input) => ({
      ...input,
      side: Math.floor((input.side + 2 * padding - side) / stride) + 1,
    }),
    kept: true,
  },
  residual: {
    weights: ({ layers, around }) => weightsOf([...layers, ...around]),
    output: ({ layers }, input) => outputOf(layers, input),
    multiplyAdds: ({ layers, around }, input) =>
      multiplyAddsOf(layers, input) + multiplyAddsOf(around, input),
    inner: ({ layers, around }) => [layers, around],
  },
  "mean over space": { output: overSpace },
  patches: {
    weights: ({ name, side, output }) => ({
      parameters: [
        { name: `${name}.weight`, kind: "conv", shape: [side, side, 3, output] },
        { name: `${name}.bias`, kind: "offset", shape: [output] },
      ],
      statistics: [],
    }),
    output: ({ side, output }, input) => ({
      side: Math.floor(input.side / side),
      channels: output,
    }),
    multiplyAdds: ({ side, output }, input) =>
      Math.floor(input.side / side) ** 2 * side ** 2 * 3 * output,
  },
  positions: {
    weights: ({ side, channels }) => ({
      parameters: [
        { name: "cls_token", kind: "embedding", shape: [1, 1, channels] },
        { name: "pos_embed", kind: "embedding", shape: [1, side ** 2 + 1, channels] },
      ],
      statistics: [],
    }),
  },
  "layer normalisation": {
    weights: ({ name, channels }) => ({
      parameters: normalisation(name, channels),
      statistics: [],
    }),
    kept: true,
    // Without its mean, and with a deviation of 1.
    inside: (_, input) => 2 * tokensOf(input) * input.channels,
  },
  attention: {
    weights: ({ name, channels }) => ({
      parameters: [
        ...dense(`${name}.qkv`, channels, 3 * channels),
        ...dense(`${name}.proj`, channels, channels),
      ],
      statistics: [],
    }),
    // Of the dense layers, then of each query with each key and of each weight with its value.
    multiplyAdds: ({ channels }, input) => {
      const tokens = tokensOf(input);
      return 4 * tokens * channels ** 2 + 2 * tokens ** 2 * channels;
    },
    // Queries, which are scaled, keys, values, what is seen of these, and the weights of each head.
    inside: ({ channels, heads }, input) => {
      const tokens = tokensOf(input);
      return 5 * tokens * channels + heads * tokens ** 2;
    },
  },
  dense: {
    weights: ({ name, input, output }) => ({
      parameters: dense(name, input, output),
      statistics: [],
    }),
    output: ({ output }, { side }) => ({ side, channels: output }),
    multiplyAdds: ({ input, output }, image) => tokensOf(image) * input * output,
  },
  // The factors that it is made of.
  gelu: { kept: true, inside: (_, input) => 3 * tokensOf(input) * input.channels },
  "channel scale": {
    weights: ({ name, channels }) => ({
      parameters: [{ name, kind: "scale", shape: [channels] }],
      statistics: [],
    }),
    inside: ({ channels }, input) => tokensOf(input) * channels,
  },
  "class token": { output: overSpace },
  "mean of patches": { output: overSpace },
};

/** The patches and the class token. */
function tokensOf({ side }: Shape): number {
  return side ** 2 + 1;
}

/** What is left where there is nothing left of space. */
function overSpace(_: Layer, input: Shape): Shape {
  return { ...input, side: 1 };
}

// The registry gives each kind of layer its own; of a layer at hand the compiler knows the union alone.
const factsOf = (layer: Layer): Facts<Layer> => facts[layer.op] as Facts<Layer>;

/** The weights of some layers, in their order. */
export function weightsOf(layers: readonly Layer[]): WeightSpecs {
  const all = layers.map((layer) => factsOf(layer).weights?.(layer));
  return {
    parameters: all.flatMap((one) => one?.parameters ?? []),
    statistics: all.flatMap((one) => one?.statistics ?? []),
  };
}

/** What comes out of some layers, one after another. */
export function outputOf(layers: readonly Layer[], input: Shape): Shape {
  return layers.reduce((shape, layer) => factsOf(layer).output?.(layer, shape) ?? shape, input);
}

/** The multiply-adds of some layers, one after another. */
export function multiplyAddsOf(layers: readonly Layer[], input: Shape): number {
  let shape = input, total = 0;
  for (const layer of layers) {
    const { multiplyAdds, output } = factsOf(layer);
    total += multiplyAdds?.(layer, shape) ?? 0;
    shape = output?.(layer, shape) ?? shape;
  }
  return total;
}

/** What a layer makes of one image. */
export interface Made {
  /** How many numbers it is. */
  readonly numbers: number;
  /** Whether the backward pass reads it again. */
  readonly kept: boolean;
}

/** All that some layers make of one image, one after another, those inside of others too. */
export function* madeBy(layers: readonly Layer[], input: Shape): Generator<Made> {
  let shape = input;
  for (const layer of layers) {
    const { output, kept = false, inside, inner } = factsOf(layer);
    for (const some of inner?.(layer) ?? []) yield* madeBy(some, shape);
    if (inside !== undefined) yield { numbers: inside(layer, shape), kept: true };
    shape = output?.(layer, shape) ?? shape;
    yield { numbers: shape.side ** 2 * shape.channels, kept };
  }
}
