// A probe that trains and was stopped, by whatever, goes on and gives the bits of one that was left alone.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { finetune, type Finetuning } from "@/lib/probe/finetune.ts";
import { type SgdLinearProbe, sgdLinearProbe } from "@/lib/probe/sgd_linear.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { finetuning, settings } from "@/tests/probe/small_finetuning.ts";
import { namesIn, withFolder } from "@/tests/train/folder.ts";
import { kill, startProgram } from "@/tests/train/killed_process.ts";

await loadBackend();

/** What a probe is given beside what it is to find. */
interface Watched {
  readonly checkpoints?: CheckpointOptions;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Runs a probe again and again, each time cut off after so many steps, and then to its end; tells the steps seen. */
async function inParts<T>(
  run: (watched: Watched) => Promise<T>,
  { folder, cuts }: { readonly folder: string; readonly cuts: readonly number[] },
): Promise<{ readonly result: T; readonly seen: readonly (readonly number[])[] }> {
  const checkpoints = { folder, identity: "me", everySeconds: 0 };
  const seen: number[][] = [];
  const stop = new Error("cut off");
  const part = (cut: number) => {
    const steps: number[] = [];
    seen.push(steps);
    return run({
      checkpoints,
      onProgress(done) {
        steps.push(done);
        if (done >= cut) throw stop;
      },
    });
  };
  for (const cut of cuts) await assert.rejects(part(cut), stop);
  return { result: await part(Infinity), seen };
}

/** From one number to another. */
function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

Deno.test("finetune() cut off in any of its trainings and resumed gives the bits of one left alone", () =>
  withFolder(async (folder) => {
    const { images: _, ...streamed } = finetuning.train.split;
    // Twelve steps at each rate, and twelve on all labels.
    const cases: readonly Finetuning[] = [
      finetuning,
      { ...finetuning, weights: null, train: { ...finetuning.train, split: streamed } },
    ];
    for (const [i, config] of cases.entries()) {
      const alone = await finetune(config);
      const before = [tf.memory().numTensors, liveHandles()];
      const { result, seen } = await inParts(
        (watched) => finetune({ ...config, ...watched }),
        { folder: `${folder}/${i}`, cuts: [5, 12, 20, 21, 24, 25, 33] },
      );
      assert.deepEqual(result, alone);
      // It says from where it goes on and repeats no step, but for the last of a training, which no checkpoint holds.
      assert.deepEqual(seen, [
        range(1, 5),
        range(5, 12),
        range(11, 20),
        range(20, 21),
        range(21, 24),
        range(23, 25),
        range(25, 33),
        range(33, 36),
      ]);
      assert.deepEqual([tf.memory().numTensors, liveHandles()], before, "nothing leaks");
      assert.equal((await namesIn(`${folder}/${i}`)).length, 2);
    }
  }));

Deno.test("finetune() that goes on remembers the rates that diverged, and goes back a training where the newest checkpoint is damaged", () =>
  withFolder(async (folder) => {
    const config = { ...finetuning, settings: { ...settings, learningRates: [0.02, 1e30] } };
    const alone = await finetune(config);
    const { result, seen } = await inParts(
      (watched) => finetune({ ...config, ...watched }),
      { folder: `${folder}/a`, cuts: [26] },
    );
    assert.equal(alone.heldOutAccuracy[1]!.accuracy, null);
    assert.deepEqual(result, alone);
    assert.deepEqual(seen[1], range(26, 36));

    const run = (watched: Watched) => finetune({ ...finetuning, ...watched });
    const saved = { folder: `${folder}/b`, cuts: [13] };
    const whole = await inParts(async (watched) => {
      for (const name of await namesIn(saved.folder)) {
        if (name.startsWith("13-")) await Deno.truncate(`${saved.folder}/${name}`, 1000);
      }
      return await run(watched);
    }, saved);
    assert.deepEqual(whole.result, await finetune(finetuning));
    assert.deepEqual(whole.seen[1], range(11, 36));
  }));

Deno.test("finetune() starts anew from the checkpoints of another", () =>
  withFolder(async (folder) => {
    await inParts((watched) => finetune({ ...finetuning, ...watched }), { folder, cuts: [30] });
    const seen: number[] = [];
    const again = await finetune({
      ...finetuning,
      checkpoints: { folder, identity: "another" },
      onProgress: (done) => seen.push(done),
    });
    assert.deepEqual(seen, range(1, 36));
    assert.deepEqual(again, await finetune(finetuning));
  }));

Deno.test("a fine-tuning killed at a drawn moment and started again finds what one left alone does, 6 times", () =>
  withFolder(async (folder) => {
    const epochs = "40", total = 240, program = "tests/probe/finetune_process.ts";
    await startProgram([program, `${folder}/a`, epochs, "1000", `${folder}/alone`]);
    const alone = await Deno.readTextFile(`${folder}/alone`);
    const random = randomAt(1, "kill fine-tuning");
    // After so many steps, and then in the middle of one, or of a checkpoint, in each of the three trainings.
    const moments = Array.from({ length: 6 }, (_, i) => ({
      steps: (i % 3) * total / 3 + 10 + random.integer(total / 3 - 20),
      milliseconds: random.integer(20),
    }));
    const round = async ({ steps, milliseconds }: (typeof moments)[number], i: number) => {
      const command = [program, `${folder}/${i}`, epochs, "0.05", `${folder}/killed${i}`] as const;
      let left = steps;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const first = await startProgram(command, (_, child) => {
        if (left-- === 0) timer = setTimeout(() => kill(child), milliseconds);
      });
      clearTimeout(timer);
      const second = await startProgram(command);
      assert.equal(await Deno.readTextFile(`${folder}/killed${i}`), alone, `round ${i}`);
      return { hit: first.code !== 0, begun: parseInt(second.lines[0]!) };
    };
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let i = 0; i < moments.length; i += 2) {
      rounds.push(...await Promise.all([round(moments[i]!, i), round(moments[i + 1]!, i + 1)]));
    }
    const hits = rounds.filter(({ hit }) => hit).length;
    assert.ok(hits >= 4, `${hits} processes were killed on the way`);
    const resumed = rounds.filter(({ begun }) => begun > 1).length;
    assert.ok(resumed >= 3, `${resumed} went on from a checkpoint`);
  }));

Deno.test("sgdLinearProbe() cut off and resumed gives the bits of one left alone, says how far it is and leaks nothing", () =>
  withFolder(async (folder) => {
    const size = { classes: 4, dim: 6 };
    const probe: SgdLinearProbe = {
      ...size,
      train: madeFeatures(110, { ...size, distance: 2, seed: 1 }),
      test: madeFeatures(400, { ...size, distance: 2, seed: 2 }),
      settings: { epochs: 4, batch: 32, learningRate: 0.8, momentum: 0.9, weightDecay: 1e-6 },
      seed: 1,
    };
    const alone = await sgdLinearProbe(probe);
    const before = [tf.memory().numTensors, liveHandles()];
    const { result, seen } = await inParts(
      (watched) => sgdLinearProbe({ ...probe, ...watched }),
      { folder, cuts: [2, 3, 8] },
    );
    assert.deepEqual(result, alone);
    assert.deepEqual(seen, [range(1, 2), range(2, 3), range(3, 8), range(8, 12)]);
    assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  }));
