import * as tf from "@tensorflow/tfjs";
import { named, type Pass } from "@/lib/model/layers.ts";
import { resizedGrid } from "@/lib/model/resized_grid.ts";
import type { Layer } from "@/lib/network/mod.ts";
import { convolve2d, toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";

// As DINO, MAE and timm have it.
const EPSILON = 1e-6;

type Of<O extends Layer["op"]> = Extract<Layer, { op: O }>;

/**
 * The tokens of an image's patches, row by row.
 *
 * @param x `[batch, height, width, 3]`.
 * @returns `[batch, patches, channels]`, float32 like all that passes between the layers of a transformer.
 */
export function cutPatches(
  x: tf.Tensor4D,
  pass: Pass,
  { name, side, output }: Of<"patches">,
): tf.Tensor3D {
  const master = named(pass.parameters, `${name}.weight`) as tf.Tensor4D;
  const options = { stride: side, padding: 0 };
  const cut = pass.precision === "bfloat16"
    ? toFloat32(convolve2d(x, toBfloat16(master), options))
    : convolve2d(x, master, options);
  const tokens = tf.reshape(cut, [cut.shape[0], cut.shape[1] * cut.shape[2], output]);
  return tf.add(tokens, named(pass.parameters, `${name}.bias`));
}

/**
 * Puts the class token in front, and adds to each token what stands for its place.
 *
 * @param x `[batch, patches, channels]` of square images.
 * @returns `[batch, 1 + patches, channels]`.
 */
export function addPositions(
  x: tf.Tensor3D,
  pass: Pass,
  { side, channels }: Of<"positions">,
): tf.Tensor3D {
  const [batch, patches] = x.shape;
  const all = named(pass.parameters, "pos_embed") as tf.Tensor3D;
  const own = tf.slice(all, [0, 0, 0], [1, 1, channels]);
  const grid = tf.reshape(tf.slice(all, [0, 1, 0], [1, side ** 2, channels]), [
    side ** 2,
    channels,
  ]);
  const places = resizedGrid(grid as tf.Tensor2D, { from: side, to: Math.sqrt(patches) });
  const first = tf.add<tf.Tensor3D>(named(pass.parameters, "cls_token"), own);
  return tf.concat<tf.Tensor3D>([tf.tile(first, [batch, 1, 1]), tf.add(x, places)], 1);
}

/**
 * Layer normalisation over the last axis.
 *
 * @param x `[batch, tokens, channels]` or `[batch, channels]`.
 */
export function layerNormalise<T extends tf.Tensor>(x: T, pass: Pass, name: string): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const unit = tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON)));
  const scale = named(pass.parameters, `${name}.weight`);
  return tf.add(tf.mul(unit, scale), named(pass.parameters, `${name}.bias`));
}

/**
 * Attention of each token to all, head by head, whose channels stand beside each other.
 *
 * @param x `[batch, tokens, channels]`.
 */
export function attend(
  x: tf.Tensor3D,
  pass: Pass,
  { name, channels, heads }: Of<"attention">,
): tf.Tensor3D {
  const [batch, tokens] = x.shape, width = channels / heads;
  const made = tf.reshape(dense(x, pass, `${name}.qkv`), [batch, tokens, 3, heads, width]);
  // [3, batch, heads, tokens, width]
  const [queries, keys, values] = tf.unstack(tf.transpose(made, [2, 0, 3, 1, 4])).map((one) =>
    tf.reshape(one, [batch * heads, tokens, width]) as tf.Tensor3D
  ) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  const scores = product(tf.mul(queries, width ** -0.5), keys, { pass, transposed: true });
  const seen = product(tf.softmax(scores), values, { pass });
  const beside = tf.transpose(tf.reshape(seen, [batch, heads, tokens, width]), [0, 2, 1, 3]);
  return dense(tf.reshape(beside, [batch, tokens, channels]) as tf.Tensor3D, pass, `${name}.proj`);
}

/**
 * A dense layer of each token.
 *
 * @param x `[batch, tokens, input]`.
 * @returns `[batch, tokens, output]`.
 */
export function dense(x: tf.Tensor3D, pass: Pass, name: string): tf.Tensor3D {
  const [batch, tokens, input] = x.shape;
  const weight = named(pass.parameters, `${name}.weight`) as tf.Tensor2D;
  const rows = tf.reshape(x, [batch * tokens, input]) as tf.Tensor2D;
  const made = tf.add(product(rows, weight, { pass }), named(pass.parameters, `${name}.bias`));
  return tf.reshape(made, [batch, tokens, weight.shape[1]]) as tf.Tensor3D;
}

/** A product of matrices, the second transposed or not, in the precision of the pass; float32 in and out. */
function product<T extends tf.Tensor>(
  a: T,
  b: T,
  { pass, transposed = false }: { readonly pass: Pass; readonly transposed?: boolean },
): T {
  if (pass.precision !== "bfloat16") return tf.matMul(a, b, false, transposed);
  return toFloat32(tf.matMul(toBfloat16(a), toBfloat16(b), false, transposed));
}
