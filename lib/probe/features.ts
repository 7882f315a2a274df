import * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/scale.ts";
import type { Tensors } from "@/lib/model/layers.ts";
import type { Weights, WeightSpecs } from "@/lib/model/parameters.ts";
import { resnet } from "@/lib/model/resnet.ts";
import { compile, gatherImages, uint8Tensor } from "@/lib/tensor/mod.ts";
import { standardise } from "@/lib/train/apply_views.ts";

/** The images to look at. */
export interface FeatureInputs {
  /** uint8 `[count, pixels, pixels, 3]`, flat. */
  readonly images: Uint8Array;
  readonly count: number;
  readonly pixels: number;
  readonly network: Network;
  /** Told after every batch how many images are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Images a call; the last batch is filled up with black ones, so that one compiled function serves all. */
const BATCH = 256;

/**
 * The features of images under an encoder's weights: no augmentation, running statistics, pixels standardised as in training.
 *
 * @returns float32 `[count, features]`, flat.
 */
export async function extractFeatures(
  weights: Weights,
  inputs: FeatureInputs,
): Promise<Float32Array> {
  const { images, count, pixels } = inputs;
  const encoder = resnet(inputs.network);
  const size = pixels * pixels * 3;
  const parameters = tensorsOf(weights, encoder.parameters);
  const statistics = tensorsOf(weights, encoder.statistics);
  const everyRow = tf.range(0, BATCH, 1, "int32");
  const forward = compile(([bytes, rows]) => {
    const pixelValues = standardise(gatherImages(bytes!, rows as tf.Tensor1D));
    return [encoder.forward(pixelValues, parameters, { training: false, statistics }).features];
  }, { name: "features" });

  const features = new Float32Array(count * encoder.features);
  try {
    for (let start = 0; start < count; start += BATCH) {
      const end = Math.min(start + BATCH, count);
      const padded = new Uint8Array(BATCH * size);
      padded.set(images.subarray(start * size, end * size));
      const bytes = uint8Tensor(padded, [BATCH, pixels, pixels, 3]);
      const [batch] = await forward([bytes, everyRow]);
      const values = await batch!.data() as Float32Array;
      features.set(values.subarray(0, (end - start) * encoder.features), start * encoder.features);
      tf.dispose([bytes, batch!]);
      inputs.onProgress?.(end, count);
    }
    return features;
  } finally {
    forward.dispose();
    tf.dispose([everyRow, ...Object.values(parameters), ...Object.values(statistics)]);
  }
}

function tensorsOf(
  weights: Weights,
  specs: WeightSpecs["parameters"] | WeightSpecs["statistics"],
): Tensors {
  return Object.fromEntries(specs.map(({ name, shape }) => {
    const values = weights[name];
    if (values === undefined) throw new TypeError(`Cannot extract features: no weights "${name}"`);
    return [name, tf.tensor(values, [...shape], "float32")];
  }));
}
