import * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/network.ts";
import type { Normalisation } from "@/dsl/outside.ts";
import type { PackedSplit } from "@/lib/data/pack.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import type { Tensors } from "@/lib/model/layers.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import type { WeightSpecs } from "@/lib/network/mod.ts";
import { compile, cropAndResize, gatherImages, uint8Tensor } from "@/lib/tensor/mod.ts";
import { standardise } from "@/lib/train/apply_views.ts";

/** The images to look at. */
export interface FeatureInputs {
  readonly split: Pick<PackedSplit, "count" | "read">;
  readonly pixels: number;
  /** Side of an image as the encoder sees it; `pixels` by default. */
  readonly wholePixels?: number;
  readonly network: Network;
  /** That of an encoder from outside; by default pixels are standardised as in training. */
  readonly normalisation?: Normalisation;
  /** Told after every batch how many images are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Images of 64 px a call; of larger ones fewer, so that memory stays the same. */
const BATCH = 256;

/**
 * The features of images under an encoder's weights: no augmentation, running statistics, pixels standardised as in its training;
 * images are resized, if at all, as views are.
 *
 * @returns float32 `[count, features]`, flat.
 */
export async function extractFeatures(
  weights: Weights,
  inputs: FeatureInputs,
): Promise<Float32Array> {
  const { split: { count, read }, pixels, wholePixels = pixels, normalisation } = inputs;
  const encoder = encoderOf(inputs.network);
  const size = pixels * pixels * 3;
  const parameters = tensorsOf(weights, encoder.parameters);
  const statistics = tensorsOf(weights, encoder.statistics);
  const batchSize = Math.max(1, Math.min(BATCH, Math.floor(BATCH * (64 / pixels) ** 2)));
  const everyRow = tf.range(0, batchSize, 1, "int32");
  const forward = compile(([bytes, rows]) => {
    const whole = resized(gatherImages(bytes!, rows as tf.Tensor1D), wholePixels);
    const pixelValues = standardise(whole, normalisation);
    return [encoder.forward(pixelValues, parameters, { training: false, statistics }).features];
  }, { name: "features" });

  const features = new Float32Array(count * encoder.features);
  try {
    const readFrom = (start: number) => {
      const images = read(Uint32Array.from(
        { length: Math.min(batchSize, count - start) },
        (_, i) => start + i,
      ));
      // It is awaited in its turn, which may be after it fails.
      images.catch(() => {});
      return images;
    };
    let next = readFrom(0);
    for (let start = 0; start < count; start += batchSize) {
      const end = Math.min(start + batchSize, count);
      // The last batch is filled up with black images, so that one compiled function serves all.
      const padded = new Uint8Array(batchSize * size);
      padded.set(await next);
      if (end < count) next = readFrom(end);
      const bytes = uint8Tensor(padded, [batchSize, pixels, pixels, 3]);
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

/** Whole images `[count, height, width, 3]` at another side. */
function resized(images: tf.Tensor4D, side: number): tf.Tensor4D {
  const [count, height] = images.shape;
  if (side === height) return images;
  const whole = tf.tile(tf.tensor2d([[0, 0, 1, 1]]), [count, 1]);
  return cropAndResize(images, whole, { size: [side, side] });
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
