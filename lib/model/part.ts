import type * as tf from "@tensorflow/tfjs";
import type { Pass } from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/model/parameters.ts";

/** A stretch of a network from one image of features to the next: the specs of its weights, and what it does with them. */
export interface Part extends WeightSpecs {
  /** Channels of what it makes. */
  readonly output: number;
  /**
   * @param x `[batch, height, width, input]`.
   * @returns `[batch, rows, columns, output]`.
   */
  forward(x: tf.Tensor4D, pass: Pass): tf.Tensor4D;
}

/** Where a residual block stands, and how it changes the shape. */
export interface BlockPlace {
  /** Its name in torchvision's ResNet, such as `layer2.0`. */
  readonly name: string;
  readonly input: number;
  readonly output: number;
  /** Of the block as a whole: 2 halves height and width. */
  readonly stride: 1 | 2;
}
