import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { fromTorch, torchShape } from "@/lib/network/torch_layout.ts";
import { sizeOf } from "@/lib/network/mod.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { plainFeatures, plainNumbers } from "@/tests/model/plain_resnet.ts";

await loadBackend();

const tiny: Network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
};

function tensorsOf(config: Network) {
  const encoder = encoderOf(config);
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

Deno.test("encoderOf() names its weights as torchvision does", () => {
  const { parameters, statistics } = encoderOf(tiny);
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

Deno.test("encoderOf() has a feature for each channel of the last stage", () => {
  const { encoder, parameters, statistics } = tensorsOf({ ...tiny, blocks: [1, 2, 1] });
  tf.tidy(() => {
    const images = tf.zeros([3, 9, 9, 3]) as tf.Tensor4D;
    const { features } = encoder.forward(images, parameters, { training: false, statistics });
    assert.equal(encoder.features, 16);
    assert.deepEqual(features.shape, [3, 16]);
  });
  tf.dispose([parameters, statistics]);
});

Deno.test("encoderOf() in training mode reports the statistics of the batch under every running name", () => {
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

Deno.test("encoderOf() in evaluation mode treats each image alone", () => {
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

/** The published networks, without their classifiers of 1,000 classes. */
const published: readonly [string, Network, number, number][] = [
  ["ResNet-18", { ...tiny, stem: "large", blocks: [2, 2, 2, 2], width: 64 }, 11_176_512, 512],
  [
    "ResNet-50",
    { ...tiny, stem: "large", block: "bottleneck", blocks: [3, 4, 6, 3], width: 64 },
    23_508_032,
    2048,
  ],
];

for (const [name, config, parameters, features] of published) {
  Deno.test(`encoderOf() has as many parameters as ${name}`, () => {
    const encoder = encoderOf(config);
    const count = encoder.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    assert.deepEqual([count, encoder.features], [parameters, features]);
  });
}

Deno.test("encoderOf() names the weights of a bottleneck and a large stem as torchvision does", () => {
  const config: Network = { ...tiny, stem: "large", block: "bottleneck", blocks: [2] };
  const { parameters, statistics } = encoderOf(config);
  assert.deepEqual(
    parameters.filter(({ kind }) => kind === "conv").map(({ name, shape }) => `${name} ${shape}`),
    [
      "conv1.weight 7,7,3,4",
      "layer1.0.conv1.weight 1,1,4,4",
      "layer1.0.conv2.weight 3,3,4,4",
      "layer1.0.conv3.weight 1,1,4,16",
      // The first stage keeps the resolution; its channels change all the same.
      "layer1.0.downsample.0.weight 1,1,4,16",
      "layer1.1.conv1.weight 1,1,16,4",
      "layer1.1.conv2.weight 3,3,4,4",
      "layer1.1.conv3.weight 1,1,4,16",
    ],
  );
  const norms = [
    ["bn1", 4],
    ["layer1.0.bn1", 4],
    ["layer1.0.bn2", 4],
    ["layer1.0.bn3", 16],
    ["layer1.0.downsample.1", 16],
    ["layer1.1.bn1", 4],
    ["layer1.1.bn2", 4],
    ["layer1.1.bn3", 16],
  ];
  assert.deepEqual(
    parameters.filter(({ kind }) => kind === "scale").map(({ name, shape }) => [name, ...shape]),
    norms.map(([name, channels]) => [`${name}.weight`, channels]),
  );
  assert.deepEqual(
    statistics.map(({ name, shape }) => [name, ...shape]),
    norms.flatMap(([name, channels]) => [
      [`${name}.running_mean`, channels],
      [`${name}.running_var`, channels],
    ]),
  );
});

for (const stem of ["small", "large"] as const) {
  for (const block of ["basic", "bottleneck"] as const) {
    Deno.test(`encoderOf() with a ${stem} stem and ${block} blocks equals plain loops`, () => {
      const config: Network = { ...tiny, stem, block, blocks: [1, 2], width: 2 };
      const { encoder, weights, tensors } = plainWeights(config);
      // An odd side too, where the edges of a stride differ from those of an even one.
      for (const side of [12, 15]) {
        const images = plainNumbers([2, side, side, 3], side).map((value) => 4 * value);
        const features = tf.tidy(() =>
          encoder.forward(tf.tensor4d(images, [2, side, side, 3]), tensors, {
            training: false,
            statistics: tensors,
          }).features.arraySync()
        );
        features.forEach((row, i) => {
          const pixels = [...images.subarray(i * side ** 2 * 3, (i + 1) * side ** 2 * 3)];
          assertClose(row, plainFeatures(config, weights, pixels));
        });
      }
      tf.dispose(tensors);
    });
  }
}

// Pinned from PyTorch 2.13.0 in float64, with the network of tests/bench/torch_resnet.py:
//   def numbers(size, k): return (torch.arange(size) * 7919 + k * 3571) % 1000 / 1000 - 0.5
//   net = ResNet(dict(stem="large", block="bottleneck", blocks=[1, 2], width=2))
//   state = {name: value for name, value in net.state_dict().items() if value.is_floating_point()}
//   for k, name in enumerate(sorted(state)):      # scales and variances around 1, all else around 0
//       value = state[name]
//       scale = name.endswith("running_var") or (name.endswith("weight") and value.ndim == 1)
//       value.copy_(numbers(value.numel(), k).reshape(value.shape) + (1 if scale else 0))
//   images = 4 * numbers(2 * 3 * 20 * 20, 99).reshape(2, 3, 20, 20)
//   net.eval()(images); features = net.train()(images); features.square().sum().backward()
//   net.conv1.weight.grad[0, 0, 0]
const pinned = {
  evaluation: [
    0.001714,
    0.327914,
    0.747868,
    0.248345,
    0.097788,
    1.803644,
    2.121927,
    0.377243,
    0.524258,
    1.00525,
    0.264204,
    0.087941,
    1.087109,
    0.0,
    0.216051,
    3.39552,
    0.067841,
    0.119336,
    0.822395,
    0.430194,
    0.078362,
    1.923272,
    2.069655,
    0.53983,
    0.513686,
    1.157974,
    0.493101,
    0.148273,
    1.209377,
    0.0,
    0.230133,
    3.457505,
  ],
  training: [
    0.511617,
    0.747186,
    0.821541,
    0.176997,
    1.157641,
    0.616651,
    0.608549,
    1.20474,
    0.661219,
    0.77546,
    0.615474,
    0.501186,
    0.623544,
    0.97537,
    0.672697,
    0.519733,
    1.279796,
    0.873294,
    0.76219,
    1.089217,
    1.333929,
    0.758315,
    1.427802,
    1.18832,
    0.953046,
    0.918143,
    0.633214,
    0.908473,
    0.790866,
    0.734355,
    0.976267,
    0.9027,
  ],
  gradient: [-0.142934, -0.439608, -0.180811, 0.784431, 1.899586, -1.485138, -1.291441],
};

Deno.test("encoderOf() gives the features and gradients of PyTorch from weights in PyTorch's layout", () => {
  const config: Network = {
    ...tiny,
    stem: "large",
    block: "bottleneck",
    blocks: [1, 2],
    width: 2,
  };
  const { encoder, tensors } = plainWeights(config);
  tf.tidy(() => {
    const channelsFirst = plainNumbers([2, 3, 20, 20], 99).map((value) => 4 * value);
    const images = tf.transpose(tf.tensor4d(channelsFirst, [2, 3, 20, 20]), [0, 2, 3, 1]);
    const features = (training: boolean, kernel = tensors["conv1.weight"]!) =>
      encoder.forward(images, { ...tensors, "conv1.weight": kernel }, {
        training,
        statistics: tensors,
      }).features;
    assertClose([...features(false).dataSync()], pinned.evaluation);
    assertClose([...features(true).dataSync()], pinned.training);
    const gradient = tf.grad((kernel) => tf.sum(tf.square(features(true, kernel))));
    // The first row of the kernel of output 0 and input 0.
    const row = tf.slice(gradient(tensors["conv1.weight"]!), [0, 0, 0, 0], [1, 7, 1, 1]);
    assertClose([...row.dataSync()], pinned.gradient);
  });
  tf.dispose(tensors);
});

Deno.test("encoderOf() in bfloat16 gives float32 features and gradients near those of float32", () => {
  for (const [stem, block] of [["small", "basic"], ["large", "bottleneck"]] as const) {
    const { encoder, parameters, statistics } = tensorsOf({ ...tiny, stem, block });
    tf.tidy(() => {
      const images = tf.randomUniform([8, 24, 24, 3], -2, 2, "float32", 9) as tf.Tensor4D;
      const features = (precision: "float32" | "bfloat16", kernel = parameters["conv1.weight"]!) =>
        encoder.forward(images, { ...parameters, "conv1.weight": kernel }, {
          training: true,
          statistics: {},
          precision,
        }).features;
      const target = tf.randomNormal([8, encoder.features], 0, 1, "float32", 3);
      const gradient = (precision: "float32" | "bfloat16") =>
        tf.grad((kernel) => tf.sum(tf.mul(features(precision, kernel), target)))(
          parameters["conv1.weight"]!,
        );
      for (const [result, limit] of [[features, 0.02], [gradient, 0.25]] as const) {
        const [exact, narrow] = [result("float32"), result("bfloat16")];
        const error = tf.div(tf.norm(tf.sub(exact, narrow)), tf.norm(exact)).dataSync()[0]!;
        assert.ok(error > 0 && error < limit, `${result.name} of ${block}: ${error}`);
      }
    });
    tf.dispose([parameters, statistics]);
  }
});

/** An encoder with weights of plain numbers, which are given out in PyTorch's layout and the order of the names. */
function plainWeights(config: Network) {
  const encoder = encoderOf(config);
  const specs = [
    ...encoder.parameters,
    ...encoder.statistics.map((spec) => ({ ...spec, kind: "offset" as const })),
  ].sort((a, b) => a.name < b.name ? -1 : 1);
  const weights: Record<string, Float32Array> = {};
  const tensors: Record<string, tf.Tensor> = {};
  specs.forEach(({ name, kind, shape }, k) => {
    const around = kind === "scale" || name.endsWith("running_var") ? 1 : 0;
    const torch = torchShape(kind, shape);
    const values = plainNumbers(torch, k).map((value) => value + around);
    weights[name] = fromTorch(kind, { shape: torch, values }).values;
    tensors[name] = tf.tensor(weights[name], [...shape]);
  });
  return { encoder, weights, tensors };
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => {
    const difference = Math.abs(value - expected[i]!);
    assert.ok(difference < 1e-4 * Math.max(1, Math.abs(expected[i]!)), `${value}, ${expected[i]}`);
  });
}
