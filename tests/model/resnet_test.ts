import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { InputError } from "@/lib/base/errors.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { resnet, type ResnetConfig } from "@/lib/model/resnet.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

const tiny: ResnetConfig = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
};

function tensorsOf(config: ResnetConfig) {
  const encoder = resnet(config);
  const weights = initialWeights(encoder, 5);
  const made = (list: readonly { name: string; shape: readonly number[] }[]) =>
    Object.fromEntries(
      list.map(({ name, shape }) => [name, tf.tensor(weights[name]!, [...shape])]),
    );
  return {
    encoder,
    parameters: made(encoder.parameters),
    statistics: made(encoder.statistics),
  };
}

Deno.test("resnet() names its weights as torchvision does", () => {
  const { parameters, statistics } = resnet(tiny);
  assert.deepEqual(parameters.map(({ name, shape }) => `${name} ${shape}`), [
    "conv1.weight 3,3,3,4",
    "bn1.weight 4",
    "bn1.bias 4",
    "layer1.0.conv1.weight 3,3,4,4",
    "layer1.0.bn1.weight 4",
    "layer1.0.bn1.bias 4",
    "layer1.0.conv2.weight 3,3,4,4",
    "layer1.0.bn2.weight 4",
    "layer1.0.bn2.bias 4",
    "layer2.0.conv1.weight 3,3,4,8",
    "layer2.0.bn1.weight 8",
    "layer2.0.bn1.bias 8",
    "layer2.0.conv2.weight 3,3,8,8",
    "layer2.0.bn2.weight 8",
    "layer2.0.bn2.bias 8",
    "layer2.0.downsample.0.weight 1,1,4,8",
    "layer2.0.downsample.1.weight 8",
    "layer2.0.downsample.1.bias 8",
  ]);
  assert.deepEqual(statistics.slice(-2).map(({ name }) => name), [
    "layer2.0.downsample.1.running_mean",
    "layer2.0.downsample.1.running_var",
  ]);
});

Deno.test("resnet() has a feature for each channel of the last stage", () => {
  const { encoder, parameters, statistics } = tensorsOf({ ...tiny, blocks: [1, 2, 1] });
  tf.tidy(() => {
    const images = tf.zeros([3, 9, 9, 3]) as tf.Tensor4D;
    const { features } = encoder.forward(images, parameters, { training: false, statistics });
    assert.equal(encoder.features, 16);
    assert.deepEqual(features.shape, [3, 16]);
  });
  tf.dispose([parameters, statistics]);
});

Deno.test("resnet() in training mode reports the statistics of the batch under every running name", () => {
  const { encoder, parameters, statistics } = tensorsOf(tiny);
  tf.tidy(() => {
    const images = tf.randomUniform([6, 8, 8, 3], -2, 2, "float32", 9) as tf.Tensor4D;
    const mode = { training: true, statistics: {} };
    const seen = encoder.forward(images, parameters, mode).statistics;
    assert.deepEqual(
      Object.keys(seen).sort(),
      encoder.statistics.map(({ name }) => name).sort(),
    );
    const first = tf.conv2d(images, parameters["conv1.weight"] as tf.Tensor4D, 1, "same");
    const wanted = tf.moments(first, [0, 1, 2]).mean.dataSync();
    seen["bn1.running_mean"]!.dataSync().forEach((value, i) => {
      assert.ok(Math.abs(value - wanted[i]!) < 1e-5);
    });
  });
  tf.dispose([parameters, statistics]);
});

Deno.test("resnet() in evaluation mode treats each image alone", () => {
  const { encoder, parameters, statistics } = tensorsOf(tiny);
  tf.tidy(() => {
    const images = tf.randomUniform([4, 8, 8, 3], -2, 2, "float32", 9) as tf.Tensor4D;
    const mode = { training: false, statistics };
    const together = encoder.forward(images, parameters, mode).features.arraySync();
    const alone = encoder.forward(tf.slice(images, 2, 1), parameters, mode).features.arraySync();
    alone[0]!.forEach((value, i) => assert.ok(Math.abs(value - together[2]![i]!) < 1e-6));
  });
  tf.dispose([parameters, statistics]);
});

Deno.test("resnet() refuses a stem and a block that are not built", () => {
  assert.throws(() => resnet({ ...tiny, stem: "large" }), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      'network.stem: "large" is not built yet. Use a scale whose stem is "small"',
    );
    return true;
  });
  assert.throws(() => resnet({ ...tiny, block: "bottleneck" }), {
    message: 'network.block: "bottleneck" is not built yet. Use a scale whose block is "basic"',
  });
});
