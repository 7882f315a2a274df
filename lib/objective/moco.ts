import * as tf from "@tensorflow/tfjs";
import type { MocoTraining, OwnSettings } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { named } from "@/lib/model/layers.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { infoNce } from "@/lib/objective/info_nce.ts";
import type { Objective, TrainedOn } from "@/lib/objective/objective.ts";
import { slowCopy } from "@/lib/objective/slow_copy.ts";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * MoCo v2 (He et al. 2020; Chen et al. 2020, "Improved Baselines with Momentum Contrastive Learning").
 *
 * The first view of an image is its query, the second its key, which the query must tell from the keys of earlier batches:
 * {@linkcode infoNce} over a queue, first in, first out. The encoder of keys, with its head, is θ_k ← m θ_k + (1 − m) θ_q
 * after every step; no gradient reaches it. The head is two dense layers with biases and a ReLU between them.
 *
 * **In place of shuffled batches.** Batch normalisation marks all keys of a batch with the batch's own mean and variance,
 * and the query's batch, of the same images, bears nearly the same mark: a query could find its key, the only one of its
 * batch among old ones, without looking at the image. MoCo shuffles keys between the devices on which they are normalised;
 * one device has nothing to shuffle between. Here the key encoder normalises with running statistics, which follow the
 * query encoder's at the momentum of the weights (Cai et al. 2021, "Exponential Moving Average Normalization"), so that a
 * key depends on its own image alone. Running statistics mean nothing before the first batch: the first step's momentum is
 * 0, and the key encoder begins as the query encoder after that step.
 */
export function moco(
  encoder: Encoder,
  settings: OwnSettings<MocoTraining>,
  { images }: Pick<TrainedOn, "images">,
): Objective {
  const { temperature, keyMomentum } = settings;
  // Of an image's own older keys the queue must hold few.
  const queue = Math.max(1, Math.min(settings.queue, Math.floor(images / 2)));
  const head = mlpHead({ input: encoder.features, ...settings.head, normalised: "none" });
  const parameters = [...encoder.parameters, ...head.parameters];
  const { statistics } = encoder;
  const keyEncoder = slowCopy({ parameters, statistics }, "key");
  const shape = [queue, settings.head.output] as const;
  return {
    labelled: false,
    parameters,
    statistics,
    memory: {
      tensors: [...keyEncoder.tensors, { name: "queue", shape, start: "unit rows" }],
      next(before, after) {
        const keys = named(after.remembered, "keys") as tf.Tensor2D;
        const longer = tf.concat([keys, named(before, "queue") as tf.Tensor2D]);
        const share = named(after.scheduled, "copyShare") as tf.Scalar;
        return {
          ...keyEncoder.follow(before, { ...after, share }),
          queue: tf.slice(longer, [0, 0], [...shape]),
        };
      },
    },
    scheduled: { copyShare: (step) => step === 0 ? 1 : 1 - keyMomentum },
    evaluate({ views: [views] }, parameters, { precision = "float32", memory = {} } = {}) {
      const batch = views!.shape[0] / 2;
      const [first, second] = tf.split(views!, 2) as [tf.Tensor4D, tf.Tensor4D];
      const mode = { training: true, statistics: {}, precision };
      const { features, statistics } = encoder.forward(first, parameters, mode);
      const queries = head.forward(features, parameters, mode).output;

      const slow = keyEncoder.named(memory);
      const still = { training: false, statistics: slow, precision };
      const keys = unitRows(
        head.forward(encoder.forward(second, slow, still).features, slow, still).output,
      );
      const negatives = named(memory, "queue") as tf.Tensor2D;
      return {
        ...infoNce(queries, keys, { negatives, temperature }),
        features,
        statistics,
        remembered: { keys: tf.slice(keys, [0, 0], [Math.min(batch, queue), -1]) },
      };
    },
  };
}
