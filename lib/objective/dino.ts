import * as tf from "@tensorflow/tfjs";
import type { DinoTraining, OwnSettings } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import { type Mode, named, type Tensors } from "@/lib/model/layers.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import type { ParameterSpec } from "@/lib/network/mod.ts";
import { asGiven } from "@/lib/objective/as_given.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { risingMomentum } from "@/lib/objective/rising_momentum.ts";
import { slowCopy } from "@/lib/objective/slow_copy.ts";
import { unitRows } from "@/lib/objective/unit_rows.ts";

/**
 * DINO (Caron et al. 2021): from any view of an image, small crops among them, a student tells what a slow copy of it, the
 * teacher, makes of another, large one.
 *
 * {@linkcode distillation} of what both make of the views. The head is the authors' for convolutional networks, but that it has no
 * biases: three dense layers with batch normalisation and GELU between them, their output made a unit vector, and a last layer
 * whose columns are unit vectors, which stays as it is in the first epochs. Global and local views pass the encoder apart, each
 * group normalised by its own means and variances, and the head together; the running statistics are those of global views.
 *
 * The teacher is ξ ← m ξ + (1 − m) θ after every step, where m is {@linkcode risingMomentum}; the first step's is 0, since running
 * statistics mean nothing before the first batch. The centre is c ← μ c + (1 − μ) times the mean of what the teacher made of the
 * batch (equation 4). What a training gives is the teacher's encoder, as in the paper.
 */
export function dino(
  encoder: Encoder,
  settings: OwnSettings<DinoTraining> & Pick<DinoTraining, "epochs">,
): Objective {
  const { outputs, studentTemperature, baseMomentum, centreMomentum } = settings;
  const head = mlpHead({
    input: encoder.features,
    ...settings.head,
    layers: 3,
    activation: "gelu",
  });
  const last: ParameterSpec = {
    name: "last.weight",
    kind: "dense",
    shape: [settings.head.output, outputs],
  };
  const parameters = [...encoder.parameters, ...head.parameters, last];
  const teacher = slowCopy({ parameters, statistics: encoder.statistics }, "teacher");
  const answer = (features: tf.Tensor2D, weights: Tensors, mode: Mode) => {
    const { output, statistics } = head.forward(features, weights, mode);
    const columns = unitRows(tf.transpose(named(weights, last.name) as tf.Tensor2D));
    const compared = tf.matMul(unitRows(output), columns, false, true) as tf.Tensor2D;
    return { output: compared, statistics };
  };
  return {
    labelled: false,
    parameters,
    statistics: [...encoder.statistics, ...head.statistics],
    memory: {
      tensors: [...teacher.tensors, { name: "centre", shape: [outputs], start: "zeros" }],
      next(before, after) {
        const share = named(after.scheduled, "copyShare") as tf.Scalar;
        return {
          ...teacher.follow(before, { ...after, share }),
          centre: tf.add(
            tf.mul(named(before, "centre"), centreMomentum),
            tf.mul(named(after.remembered, "answer"), 1 - centreMomentum),
          ),
        };
      },
      kept: (memory) => teacher.named(memory),
    },
    scheduled: {
      copyShare: (step, totalSteps) =>
        step === 0 ? 1 : 1 - risingMomentum(step, { base: baseMomentum, totalSteps }),
      teacherTemperature: (step, totalSteps) =>
        temperatureAt(settings.epochs * step / totalSteps, settings.teacherTemperature),
      lastLayerShare: (step, totalSteps) =>
        settings.epochs * step / totalSteps < settings.stillEpochs ? 0 : 1,
    },
    evaluate({ views: [global, local] }, weights, options = {}) {
      const { precision = "float32", memory = {}, scheduled = {} } = options;
      const mode = { training: true, statistics: {}, precision };
      const [large, small] = [global!, local!].map((one) => encoder.forward(one, weights, mode));
      const student = answer(tf.concat([large!.features, small!.features]), {
        ...weights,
        [last.name]: moving(named(weights, last.name), named(scheduled, "lastLayerShare")),
      }, mode);
      const slow = teacher.named(memory);
      const taught = answer(encoder.forward(global!, slow, mode).features, slow, mode).output;
      return {
        ...distillation(student.output, taught, {
          centre: named(memory, "centre") as tf.Tensor1D,
          studentTemperature,
          teacherTemperature: named(scheduled, "teacherTemperature") as tf.Scalar,
        }),
        features: large!.features,
        statistics: { ...large!.statistics, ...student.statistics },
        remembered: { answer: tf.mean(taught, 0) },
      };
    },
  };
}

/**
 * DINO's loss (equation 3): with P_t = softmax((t − c) / τ_t) of each global view and P_s = softmax(s / τ_s) of each view, the mean
 * of −Σ P_t log P_s over images and over all pairs of a global view and another view.
 *
 * @param student `[views * images, outputs]`, the two global views first.
 * @param teacher `[2 * images, outputs]`, of the global views.
 * @param by `centre`: c, `[outputs]`; the temperatures: τ.
 * @returns The loss, and the share of pairs in which both make most of the same output.
 */
export function distillation(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  by: {
    readonly centre: tf.Tensor1D;
    readonly studentTemperature: number;
    readonly teacherTemperature: tf.Scalar;
  },
): { loss: tf.Scalar; accuracy: tf.Scalar } {
  const images = teacher.shape[0] / 2, views = student.shape[0] / images;
  const pairs = 2 * (views - 1) * images;
  const centred = tf.sub(teacher, by.centre);
  const wanted = tf.softmax(tf.div(centred, by.teacherTemperature)); // [2 * images, outputs]
  const logs = tf.logSoftmax(tf.div(student, by.studentTemperature)) as tf.Tensor2D; // [views * images, outputs]
  const loss = tf.div(tf.sum(tf.mul(wanted, ofOthers(logs, images))), -pairs) as tf.Scalar;
  const [made, target] = [tf.argMax(student, 1), tf.argMax(centred, 1)];
  const same = tf.equal(tf.reshape(made, [1, views, images]), tf.reshape(target, [2, 1, images]));
  const sameAsItself = tf.equal(tf.slice(made, [0], [2 * images]), target);
  const found = tf.sub(count(same), count(sameAsItself));
  return { loss, accuracy: tf.div(found, pairs) as tf.Scalar };
}

/** For each of both global views the sum of the rows of all other views of its image: `[2 * images, outputs]`. */
function ofOthers(rows: tf.Tensor2D, images: number): tf.Tensor {
  const all = tf.sum(tf.reshape(rows, [-1, images, rows.shape[1]]), 0);
  return tf.sub(tf.concat([all, all]), tf.slice(rows, [0, 0], [2 * images, -1]));
}

function count(which: tf.Tensor): tf.Tensor {
  return tf.sum(tf.cast(which, "float32"));
}

/** The teacher's temperature after so many epochs: it rises in a line during its warm-up. */
function temperatureAt(
  epochs: number,
  { first, last, warmupEpochs }: DinoTraining["teacherTemperature"],
): number {
  return epochs < warmupEpochs ? first + (last - first) * epochs / warmupEpochs : last;
}

/** A weight of whose gradient only a share passes. */
function moving(weight: tf.Tensor, share: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(weight, share), tf.mul(asGiven(weight), tf.sub(1, share)));
}
