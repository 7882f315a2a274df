import * as tf from "@tensorflow/tfjs";
import { gelu } from "@/lib/model/gelu.ts";
import { type Mode, named, normalise, type Pass, type Tensors } from "@/lib/model/layers.ts";
import {
  normalisation,
  type ParameterSpec,
  runningStatistics,
  type StatisticSpec,
  type WeightSpecs,
} from "@/lib/network/mod.ts";
import { relu } from "@/lib/tensor/mod.ts";

/** A small network on top of an encoder, thrown away after training. */
export interface Head extends WeightSpecs {
  /**
   * @param features `[batch, input]`.
   * @returns `[batch, output]`; in training mode also the batch's means and variances by the running ones' names.
   */
  forward(
    features: tf.Tensor2D,
    parameters: Tensors,
    mode: Mode,
  ): { output: tf.Tensor2D; statistics: Tensors };
}

/** The form of a head of dense layers. */
export interface MlpSize {
  readonly input: number;
  readonly hidden: number;
  readonly output: number;
  /** Dense layers; 2 by default. */
  readonly layers?: number;
  /**
   * Where batch normalisation follows a dense layer, which then has no bias: after all but the last (the default), which
   * has no bias either; after all, the last time without offset; or nowhere, and all have biases.
   */
  readonly normalised?: "hidden" | "all" | "none";
  /** What follows every dense layer but the last; `relu` by default. */
  readonly activation?: keyof typeof activations;
  /** What its weights' names begin with; `head` by default. */
  readonly name?: string;
}

const activations = { relu, gelu };

/** A head of dense layers; each is named by its place as in PyTorch's `Sequential` of such a network with normalisation. */
export function mlpHead(size: MlpSize): Head {
  const layers = layersOf(size);
  const activate = activations[size.activation ?? "relu"];
  return {
    parameters: layers.flatMap(parametersOf),
    statistics: layers.flatMap(statisticsOf),
    forward(features, parameters, mode) {
      const pass: Pass = { ...mode, precision: "float32", parameters, observed: {} };
      let x = features;
      for (const layer of layers) {
        x = tf.matMul(x, named(parameters, `${layer.dense}.weight`));
        if (layer.bias) x = tf.add(x, named(parameters, `${layer.dense}.bias`));
        if (layer.normalised) x = normaliseOf(x, pass, layer);
        if (!layer.last) x = activate(x);
      }
      return { output: x, statistics: pass.observed };
    },
  };
}

interface Layer {
  /** Names. */
  readonly dense: string;
  readonly norm: string;
  readonly input: number;
  readonly output: number;
  readonly bias: boolean;
  readonly normalised: boolean;
  readonly last: boolean;
}

function layersOf(size: MlpSize): readonly Layer[] {
  const { input, hidden, output, layers = 2, normalised = "hidden", name = "head" } = size;
  return Array.from({ length: layers }, (_, i) => {
    const last = i === layers - 1;
    return {
      dense: `${name}.${3 * i}`,
      norm: `${name}.${3 * i + 1}`,
      input: i === 0 ? input : hidden,
      output: last ? output : hidden,
      bias: normalised === "none",
      normalised: normalised === "all" || (normalised === "hidden" && !last),
      last,
    };
  });
}

function parametersOf(layer: Layer): readonly ParameterSpec[] {
  const { dense, input, output } = layer;
  const norm = normalisation(layer.norm, output);
  return [
    { name: `${dense}.weight`, kind: "dense", shape: [input, output] },
    ...layer.bias ? [{ name: `${dense}.bias`, kind: "offset", shape: [output] } as const] : [],
    ...layer.normalised ? norm.filter(({ kind }) => kind === "scale" || !layer.last) : [],
  ];
}

function statisticsOf(layer: Layer): readonly StatisticSpec[] {
  return layer.normalised ? runningStatistics(layer.norm, layer.output) : [];
}

function normaliseOf(x: tf.Tensor2D, pass: Pass, { norm, output, last }: Layer): tf.Tensor2D {
  if (!last) return normalise(x, pass, norm);
  const centred = { ...pass.parameters, [`${norm}.bias`]: tf.zeros([output]) };
  return normalise(x, { ...pass, parameters: centred }, norm);
}
