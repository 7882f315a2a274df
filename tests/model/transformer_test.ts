import type * as tf from "@tensorflow/tfjs";
import { vit } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { testOp } from "@/tests/tensor/stablehlo/op_case.ts";

// Positions of fewer patches than the images have, or of as many; and the remainder of an image that fills no patch.
for (const pool of ["class", "mean"] as const) {
  testOp(
    `the features of a transformer, by its ${pool}, and their gradients by all weights`,
    (draw) => {
      const patch = draw.integer(2, 4), grid = draw.integer(1, 3);
      const network = vit({
        patch,
        width: 8,
        depth: 1,
        heads: 2,
        pool,
        pixels: 2 * patch,
        layerScale: true,
      });
      const encoder = encoderOf(network);
      const side = grid * patch + draw.integer(0, 1);
      return {
        inputs: [
          draw.normal([2, side, side, 3]),
          ...encoder.parameters.map(({ shape }) => draw.normal(shape)),
        ],
        drawn: { patch, side },
        run(images: tf.Tensor4D, ...weights: readonly tf.Tensor[]) {
          const parameters = Object.fromEntries(
            encoder.parameters.map(({ name }, i) => [name, weights[i]!]),
          );
          return encoder.forward(images, parameters, { training: false, statistics: {} }).features;
        },
      };
    },
    { gradients: true, tolerance: 1e-4 },
  );
}
