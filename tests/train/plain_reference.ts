/** The same training losses in plain eager tfjs, written without the project's layers, to compare gradients with. */

import * as tf from "@tensorflow/tfjs";

type Weights = Record<string, tf.Tensor>;

/** By the batch's statistics, or by running ones where the weights have them. */
function norm(x: tf.Tensor, w: Weights, name: string): tf.Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const given = w[`${name}.running_mean`];
  const { mean, variance } = given === undefined
    ? tf.moments(x, axes)
    : { mean: given, variance: w[`${name}.running_var`]! };
  const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
  const scaled = tf.mul(unit, w[`${name}.weight`]!);
  const offset = w[`${name}.bias`];
  return offset === undefined ? scaled : tf.add(scaled, offset);
}

function conv(x: tf.Tensor, w: Weights, name: string, stride = 1): tf.Tensor {
  const kernel = w[`${name}.weight`] as tf.Tensor4D;
  const edge = (kernel.shape[0] - 1) / 2;
  const padded = tf.pad(x, [[0, 0], [edge, edge], [edge, edge], [0, 0]]) as tf.Tensor4D;
  return tf.conv2d(padded, kernel, stride, "valid");
}

/** A network of blocks [1, 1] on uint8 pixels `[batch, side, side, 3]`. */
function features(pixels: tf.Tensor, w: Weights): tf.Tensor {
  let x: tf.Tensor = tf.sub(tf.mul(tf.div(pixels, 255), 4), 2);
  x = tf.relu(norm(conv(x, w, "conv1"), w, "bn1"));
  for (const [name, stride] of [["layer1.0", 1], ["layer2.0", 2]] as const) {
    let y = tf.relu(norm(conv(x, w, `${name}.conv1`, stride), w, `${name}.bn1`));
    y = norm(conv(y, w, `${name}.conv2`), w, `${name}.bn2`);
    const shortcut = stride === 1
      ? x
      : norm(conv(x, w, `${name}.downsample.0`, stride), w, `${name}.downsample.1`);
    x = tf.relu(tf.add(y, shortcut));
  }
  return tf.mean(x, [1, 2]);
}

/** Dense, normalisation, ReLU, dense. */
function mlp(x: tf.Tensor, w: Weights, name: string): tf.Tensor {
  const hidden = tf.relu(norm(tf.matMul(x, w[`${name}.0.weight`]!), w, `${name}.1`));
  return tf.matMul(hidden, w[`${name}.3.weight`]!);
}

function unit(x: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.norm(x, 2, 1, true));
}

/** SimCLR's loss, the sum over both views; rows i and i + n are two views of one image. */
export function plainSimclr(pixels: tf.Tensor, w: Weights, temperature: number): tf.Scalar {
  const z = unit(norm(mlp(features(pixels, w), w, "head"), w, "head.4"));
  const rows = z.shape[0]!;
  const similarity = tf.sub(
    tf.div(tf.matMul(z, z, false, true), temperature),
    tf.mul(tf.eye(rows), 1e6),
  );
  const partners = Array.from({ length: rows }, (_, i) => (i + rows / 2) % rows);
  const wanted = tf.oneHot(tf.tensor1d(partners, "int32"), rows);
  return tf.mul(2, tf.losses.softmaxCrossEntropy(wanted, similarity));
}

/** MoCo's loss, and the keys; `slow` are the key encoder's weights and statistics, under the query encoder's names. */
export function plainMoco(
  pixels: tf.Tensor,
  w: Weights,
  { slow, queue, temperature }: { slow: Weights; queue: tf.Tensor; temperature: number },
): { loss: tf.Scalar; keys: tf.Tensor } {
  const [first, second] = tf.split(pixels, 2) as [tf.Tensor, tf.Tensor];
  const project = (x: tf.Tensor, v: Weights) => {
    const hidden = tf.relu(
      tf.add(tf.matMul(features(x, v), v["head.0.weight"]!), v["head.0.bias"]!),
    );
    return unit(tf.add(tf.matMul(hidden, v["head.3.weight"]!), v["head.3.bias"]!));
  };
  const [queries, keys] = [project(first, w), project(second, slow)];
  const own = tf.sum(tf.mul(queries, keys), 1, true);
  const logits = tf.div(tf.concat([own, tf.matMul(queries, tf.transpose(queue))], 1), temperature);
  const wanted = tf.oneHot(tf.zeros([logits.shape[0]!], "int32"), logits.shape[1]!);
  return { loss: tf.losses.softmaxCrossEntropy(wanted, logits), keys };
}

/** BYOL's loss; `slow` are the target's weights, under the online network's names. */
export function plainByol(pixels: tf.Tensor, w: Weights, slow: Weights): tf.Scalar {
  const views = tf.split(pixels, 2) as [tf.Tensor, tf.Tensor];
  const predictions = views.map((view) =>
    unit(mlp(mlp(features(view, w), w, "head"), w, "predictor"))
  );
  const targets = views.map((view) => unit(mlp(features(view, slow), slow, "head")));
  const distance = (p: tf.Tensor, t: tf.Tensor) =>
    tf.mean(tf.sum(tf.squaredDifference(p, t), 1)) as tf.Scalar;
  return tf.add(
    distance(predictions[0]!, targets[1]!),
    distance(predictions[1]!, targets[0]!),
  );
}

/** Cross-entropy of a linear classifier. */
export function plainSupervised(pixels: tf.Tensor, w: Weights, labels: number[]): tf.Scalar {
  const logits = tf.add(tf.matMul(features(pixels, w), w["fc.weight"]!), w["fc.bias"]!);
  const wanted = tf.oneHot(tf.tensor1d(labels, "int32"), logits.shape[1]!);
  return tf.losses.softmaxCrossEntropy(wanted, logits);
}
