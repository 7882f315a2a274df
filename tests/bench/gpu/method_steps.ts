import * as tf from "@tensorflow/tfjs";
import { methodNames, methods, type TrainingMethod } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { objectiveOf } from "@/lib/objective/mod.ts";
import { disposeNamed } from "@/lib/tensor/mod.ts";
import { batchesOf } from "@/lib/train/batches.ts";
import { courseOf } from "@/lib/train/schedule.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { numbersAt, trainingFeed } from "@/lib/train/training_feed.ts";
import { trainingRows } from "@/lib/train/training_images.ts";
import { splitOf } from "@/tests/train/small_training.ts";

const NETWORK = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 8,
} as const;
const COUNT = 256, CLASSES = 8, SEED = 1;

// Of the recipe's rate: at the whole of it rounding grows tenfold in some steps (Adam divides small gradients by themselves), and two right
// engines drift apart.
const RATE = 5e-4;

/**
 * Trains a small network by a method on noise whose brightness tells the class; the loaded backend computes.
 *
 * @returns The loss of each step.
 */
export async function methodLosses(method: TrainingMethod, steps: number): Promise<number[]> {
  const { smoke } = methods[method].recipes;
  const training = { ...smoke, batch: 64 };
  const pixels = Math.max(...training.views.map(({ augmentation }) => augmentation.pixels));
  const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % CLASSES);
  const size = pixels * pixels * 3;
  const images = Uint8Array.from({ length: COUNT * size }, (_, i) => {
    const noise = (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 63;
    return 24 * labels[Math.floor(i / size)]! + noise;
  });
  const subset = Uint32Array.from({ length: COUNT }, (_, i) => i);
  const split = splitOf(images, { pixels, labels });
  const rows = trainingRows({ parts: [{ split, subset, classes: CLASSES }], pixels });
  const objective = await objectiveOf(encoderOf(NETWORK), training, {
    classes: rows.classes,
    images: rows.count,
  });
  const { batch, views, optimizer } = training;
  const course = courseOf(training, rows.count);
  const step = trainingStep(objective, { optimizer, views, precision: "float32" });
  using feed = trainingFeed(rows, {
    pixels,
    batches: batchesOf({ seed: SEED, rows, batch, views, objective }),
    totalSteps: steps,
    numbersAt(at) {
      const { learningRate, ...others } = numbersAt(at, { objective, course });
      const slow = tf.mul(learningRate, RATE) as tf.Scalar;
      learningRate.dispose();
      return { ...others, learningRate: slow };
    },
  });
  let state = initialState(objective, SEED, { optimizer: optimizer.name });
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const inputs = await feed.take(i);
    const { state: next, loss, accuracy, features } = await step.run(state, inputs);
    state = next;
    losses.push((await loss.data())[0]!);
    tf.dispose([loss, accuracy, features]);
    feed.release(inputs);
  }
  disposeNamed(state);
  step.dispose();
  return losses;
}

if (import.meta.main) {
  const { loadBackend } = await import("@/lib/tensor/mod.ts");
  await loadBackend();
  const losses: Partial<Record<TrainingMethod, number[]>> = {};
  for (const method of methodNames) {
    losses[method] = await methodLosses(method, Number(Deno.args[0]));
  }
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(losses)}\n`));
}
