import { sha256 } from "@/lib/base/sha256.ts";
import type { PackedTraining } from "@/tests/bench/gpu/pack.ts";
import { type Bench, numberIn, startStep } from "@/tests/bench/gpu/run_step.ts";

/** How a method's training did. */
export interface TrainingFinding {
  readonly name: string;
  /** The largest difference of a loss from TensorFlow's on the CPU, in parts of that: of the first steps, and of all. */
  readonly firstSteps: number;
  readonly allSteps: number;
  /** Whether a second training gave the same bytes. */
  readonly isRepeated: boolean;
  readonly compileSeconds: number;
  readonly losses: readonly number[];
}

/** Steps whose losses must agree, in float32: later ones drift apart as rounding grows. */
export const FIRST_STEPS = 10;

/** How far, in parts of the loss. */
export const TOLERANCE = 1e-3;

/** Trains twice on the device, and compares with TensorFlow on the CPU and with itself. */
export async function checkTraining(
  bench: Bench,
  training: PackedTraining,
): Promise<TrainingFinding> {
  const once = await train(bench, training), again = await train(bench, training);
  const apart = once.losses.map((loss, i) => {
    const expected = training.losses[i]!;
    const part = Math.abs(loss - expected) / Math.abs(expected);
    return Number.isNaN(part) ? Infinity : part;
  });
  return {
    name: training.name,
    firstSteps: Math.max(...apart.slice(0, FIRST_STEPS)),
    allSteps: Math.max(...apart),
    isRepeated: once.state === again.state && once.losses.join() === again.losses.join(),
    compileSeconds: once.compileSeconds,
    losses: once.losses,
  };
}

async function train(bench: Bench, training: PackedTraining) {
  const step = await startStep(bench, training);
  const losses: number[] = [];
  for (const inputs of training.inputs) {
    const { loss } = step.run(inputs);
    losses.push(await numberIn(loss));
    loss.dispose();
  }
  const parts = await step.state();
  step.dispose();
  return { losses, state: parts.map(sha256).join(), compileSeconds: step.compileSeconds };
}
