/** The same training losses in plain eager tfjs, written without the project's layers, to compare gradients with. */

import * as tf from "@tensorflow/tfjs";

type Weights = Record<string, tf.Tensor>;

function norm(x: tf.Tensor, w: Weights, name: string): tf.Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(x, axes);
  const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(unit, w[`${name}.weight`]!), w[`${name}.bias`]!);
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

/** SimCLR's loss; rows i and i + n are two views of one image. */
export function plainSimclr(pixels: tf.Tensor, w: Weights, temperature: number): tf.Scalar {
  const hidden = tf.matMul(features(pixels, w), w["head.0.weight"]!);
  const z = tf.matMul(tf.relu(norm(hidden, w, "head.1")), w["head.3.weight"]!);
  const unit = tf.div(z, tf.norm(z, 2, 1, true));
  const rows = z.shape[0]!;
  const similarity = tf.sub(
    tf.div(tf.matMul(unit, unit, false, true), temperature),
    tf.mul(tf.eye(rows), 1e6),
  );
  const partners = Array.from({ length: rows }, (_, i) => (i + rows / 2) % rows);
  const wanted = tf.oneHot(tf.tensor1d(partners, "int32"), rows);
  return tf.losses.softmaxCrossEntropy(wanted, similarity);
}

/** Cross-entropy of a linear classifier. */
export function plainSupervised(pixels: tf.Tensor, w: Weights, labels: number[]): tf.Scalar {
  const logits = tf.add(tf.matMul(features(pixels, w), w["fc.weight"]!), w["fc.bias"]!);
  const wanted = tf.oneHot(tf.tensor1d(labels, "int32"), logits.shape[1]!);
  return tf.losses.softmaxCrossEntropy(wanted, logits);
}
