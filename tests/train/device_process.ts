/**
 * A process that trains a tiny network by every method for some steps on a device, and prints what came of it as JSON:
 * `device_process.ts DEVICE STEPS`.
 */

import * as tf from "@tensorflow/tfjs";
import { type AnyTraining, methodNames, methods } from "@/dsl/methods/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { objectiveOf } from "@/lib/objective/mod.ts";
import { disposeNamed, loadBackend, type Precision, uint8Tensor } from "@/lib/tensor/mod.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { courseOf } from "@/lib/train/schedule.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { numbersAt } from "@/lib/train/training_feed.ts";

/** What a training came to. */
export interface Course {
  /** Of each step. */
  readonly losses: readonly number[];
  /** Of the first step, by parameter. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const optimizer = { name: "sgd", momentum: 0.9, weightDecay: 0 } as const;
/** So small that what rounding changes does not grow much. */
const LEARNING_RATE = 2e-4;
const IMAGES = 32, SIDE = 12, CLASSES = 3, SEED = 4;

const encoder = encoderOf({
  family: "resnet",
  stem: "large",
  block: "basic",
  blocks: [1, 1],
  width: 4,
});
const random = randomAt(SEED, "test images");
const bytes = Uint8Array.from({ length: IMAGES * SIDE * SIDE * 3 }, () => random.integer(256));
const rows = {
  count: IMAGES,
  numbers: Uint32Array.from({ length: IMAGES }, (_, i) => i),
  labels: Int32Array.from({ length: IMAGES }, (_, i) => i % CLASSES),
};

async function train(
  training: AnyTraining,
  { precision, steps }: { readonly precision: Precision; readonly steps: number },
): Promise<Course> {
  const { views } = training;
  const objective = await objectiveOf(encoder, training, { classes: CLASSES, images: IMAGES });
  const batches = batchesOf({ seed: SEED, rows, batch: IMAGES, views, objective });
  const course = courseOf(training, IMAGES);
  const step = trainingStep(objective, { optimizer, views, precision });
  const images = uint8Tensor(bytes, [IMAGES, SIDE, SIDE, 3]);
  const losses: number[] = [];
  let state = initialState(objective, SEED);
  let gradients = {};
  for (let i = 0; i < steps; i++) {
    const inputs = {
      indices: tf.tensor1d(Int32Array.from(batches.rowsOf(i)), "int32"),
      ...batches.draw(i),
      ...numbersAt(i, { objective, course }),
      learningRate: tf.scalar(LEARNING_RATE),
    };
    const { state: next, loss, accuracy, features } = await step.run(state, { images, ...inputs });
    losses.push((await loss.data())[0]!);
    disposeNamed([inputs, loss, accuracy, features]);
    if (i === 0) {
      // What plain momentum without decay remembers of one step.
      gradients = Object.fromEntries(
        Object.entries(next.slots).map(([name, [first]]) => [name, [...first!.dataSync()]]),
      );
    }
    state = next;
  }
  disposeNamed([state, images]);
  step.dispose();
  return { losses, gradients };
}

if (import.meta.main) {
  const [device, steps] = Deno.args as [string, string];
  await loadBackend({ device });
  const courses: Record<string, Course> = {};
  for (const name of methodNames) {
    const { smoke } = methods[name].recipes;
    for (const precision of ["float32", "bfloat16"] as const) {
      courses[`${name} in ${precision}`] = await train(smoke, {
        precision,
        steps: Number(steps),
      });
    }
  }
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(courses)));
}
