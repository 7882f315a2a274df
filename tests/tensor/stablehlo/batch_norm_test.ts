import * as tf from "@tensorflow/tfjs";
import { batchNorm } from "@/lib/tensor/mod.ts";
import { boolAttribute, floatAttribute, runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";
import { type Draw, testOp } from "@/tests/tensor/stablehlo/op_case.ts";

function imagesOf(draw: Draw, channels: number): tf.Tensor4D {
  // Of two rows a variance can be made.
  return draw.normal([draw.length(2), draw.length(), draw.length(), channels]);
}

testOp("batchNorm() in training and its gradients", (draw) => {
  const channels = draw.length();
  const images = tf.add(tf.mul(imagesOf(draw, channels), 3), 2);
  return {
    inputs: [images, draw.normal([channels]), draw.normal([channels])],
    wide: [1, 2],
    run: (x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D) =>
      batchNorm(x, scale, offset, { epsilon: 1e-3 }).y,
  };
}, { gradients: true, precisions: ["float32", "bfloat16"], tolerance: 2e-5 });

testOp("tf.batchNorm and its gradients", (draw) => {
  const channels = draw.length(), images = imagesOf(draw, channels);
  return {
    inputs: [images, ...[1, 2, 3].map(() => draw.normal([channels]))],
    run: (x: tf.Tensor4D, mean: tf.Tensor1D, offset: tf.Tensor1D, scale: tf.Tensor1D) =>
      tf.batchNorm(x, mean, tf.add(tf.square(offset), 0.1), offset, scale, 1e-3),
  };
}, { gradients: true });

const training = [
  typeAttribute("T", "float32"),
  typeAttribute("U", "float32"),
  floatAttribute("epsilon", 1e-3),
];

for (const isTraining of [true, false]) {
  const attributes = [...training, boolAttribute("is_training", isTraining)];
  const mode = isTraining ? "training" : "inference";

  testOp(`FusedBatchNormV3 in ${mode}, its statistics too,`, (draw) => {
    const channels = draw.length();
    const given = isTraining ? [] : [channels];
    return {
      inputs: [
        imagesOf(draw, channels),
        draw.normal([channels]),
        draw.normal([channels]),
        isTraining ? tf.tensor1d([]) : draw.normal(given),
        isTraining ? tf.tensor1d([]) : tf.square(draw.normal(given)),
      ],
      wide: [1, 2, 3, 4],
      run: (...inputs: tf.Tensor[]) =>
        runOp("FusedBatchNormV3", inputs, { attributes, outputs: 6 }).slice(0, 5),
    };
  }, { precisions: ["float32", "bfloat16"] });

  testOp(`FusedBatchNormGradV3 in ${mode}`, (draw) => {
    const channels = draw.length(), images = imagesOf(draw, channels);
    return {
      inputs: [
        draw.normal(images.shape),
        images,
        draw.normal([channels]),
        draw.normal([channels]),
        tf.square(draw.normal([channels])),
        tf.tensor1d([]),
      ],
      wide: [2, 3, 4, 5],
      run: (...inputs: tf.Tensor[]) =>
        runOp("FusedBatchNormGradV3", inputs, { attributes, outputs: 5 }).slice(0, 3),
    };
  }, { precisions: ["float32", "bfloat16"] });
}

testOp("FusedBatchNormV3 of numbers far from 0", (draw) => ({
  inputs: [tf.add(imagesOf(draw, 2), 1000), tf.ones([2]), tf.zeros([2])],
  run: (x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D) => {
    const { y, variance } = batchNorm(x, scale, offset, { epsilon: 1e-3 });
    return [y, variance];
  },
  // A number of 1,000 is itself only known to 3e-5.
}), { tolerance: 1e-3 });
