import type { LinearSettings } from "@/dsl/mod.ts";
import { readPack } from "@/lib/data/pack.ts";
import { linearProbe } from "@/lib/probe/linear.ts";
import { readFloats, readWords, writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { Info, Job } from "@/lib/run/job.ts";

/** Trains a linear classifier on cached features and predicts the class of every test image. */
export async function work(job: Job): Promise<Info> {
  const { settings, seed } = job.step.spec as unknown as {
    readonly settings: LinearSettings;
    readonly seed: number;
  };
  await startEngine(job.engine);
  const pack = await readPack(job.inputs.images!);
  const subset = await readWords(`${job.inputs.subset!}/indices.u32`);
  const train = await readFloats(`${job.inputs.features!}/train.f32`);
  const test = await readFloats(`${job.inputs.features!}/test.f32`);
  const dimensions = test.length / pack.test;
  const { labels } = pack.split("train");
  const { predictions, ...choice } = await linearProbe({
    train: {
      features: rowsOf(train, subset, dimensions),
      labels: Uint16Array.from(subset, (image) => labels[image]!),
    },
    test: { features: test },
    dim: dimensions,
    classes: pack.hierarchy.leaves.length,
    settings,
    seed,
  });
  await writeArray(`${job.out}/predictions.u16`, predictions);
  return {
    images: subset.length,
    penalty: choice.penalty,
    heldOut: choice.heldOutAccuracy.map((one) => ({ ...one })),
    iterations: choice.iterations,
    converged: choice.converged,
  };
}

function rowsOf(matrix: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const chosen = new Float32Array(rows.length * width);
  rows.forEach((row, i) => chosen.set(matrix.subarray(row * width, (row + 1) * width), i * width));
  return chosen;
}
