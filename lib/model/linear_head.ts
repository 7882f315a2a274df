import * as tf from "@tensorflow/tfjs";
import { named } from "@/lib/model/layers.ts";
import type { Head } from "@/lib/model/mlp_head.ts";

/** A classifier: one dense layer with bias; named as torchvision's, `fc`. */
export function linearHead(size: { readonly input: number; readonly classes: number }): Head {
  return {
    parameters: [
      { name: "fc.weight", kind: "dense", shape: [size.input, size.classes] },
      { name: "fc.bias", kind: "offset", shape: [size.classes] },
    ],
    statistics: [],
    forward(features, parameters) {
      const product = tf.matMul(features, named(parameters, "fc.weight"));
      return { output: tf.add(product, named(parameters, "fc.bias")), statistics: {} };
    },
  };
}
