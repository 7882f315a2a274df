// A training that was stopped, by whatever, and goes on gives the bits of one that was left alone.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";
import { pretrain, type Pretraining } from "@/lib/train/pretrain.ts";
import { namesIn, withFolder } from "@/tests/train/folder.ts";
import { kill, startProgram } from "@/tests/train/killed_process.ts";
import {
  bits,
  classifying,
  contrastive,
  part,
  predicting,
  queued,
  recipe,
} from "@/tests/train/small_training.ts";

await loadBackend();

const adam = { name: "adam", beta1: 0.9, beta2: 0.999, weightDecay: 0.01 } as const;
const lars = { name: "lars", momentum: 0.9, weightDecay: 0.01 } as const;

/** Runs a pretraining that is cut off once it has done so many steps, and tells at which steps it was seen. */
async function cutOff(config: Pretraining, after: number): Promise<number[]> {
  const seen: number[] = [];
  const stop = new Error("cut off");
  await assert.rejects(
    pretrain({
      ...config,
      onProgress(done) {
        seen.push(done);
        if (done >= after) throw stop;
      },
    }),
    stop,
  );
  return seen;
}

Deno.test("pretrain() cut off after drawn steps and resumed gives the bits of one left alone", () =>
  withFolder(async (folder) => {
    const random = randomAt(1, "cut");
    // Epochs of 4 steps: 20 in all.
    const { images: _, ...streamed } = part.split;
    const cases: readonly Pretraining[] = [
      { ...contrastive, training: { ...recipe, epochs: 5, batch: 8 } },
      { ...contrastive, training: { ...recipe, epochs: 5, batch: 8, optimizer: lars } },
      {
        ...classifying,
        training: { ...classifying.training, epochs: 5, batch: 8, optimizer: adam },
      },
      { ...queued, training: { ...queued.training, epochs: 5, batch: 8 } },
      { ...predicting, training: { ...predicting.training, epochs: 5, batch: 8 } },
      // Images that are read batch by batch, ahead of the steps.
      {
        ...contrastive,
        parts: [{ ...part, split: streamed }],
        training: { ...recipe, epochs: 5, batch: 8 },
      },
    ];
    for (const [i, config] of cases.entries()) {
      const alone = await pretrain(config);
      const before = [tf.memory().numTensors, liveHandles()];
      const saved = {
        ...config,
        checkpoints: { folder: `${folder}/${i}`, identity: "me", everySeconds: 0 },
      };
      let from = 0;
      while (from < 19) {
        const to = from + 1 + random.integer(Math.min(9, 19 - from));
        const seen = await cutOff(saved, to);
        // It says from where it goes on, and repeats no step.
        assert.deepEqual(
          seen,
          Array.from({ length: seen.length }, (_, k) => from + k + (from === 0 ? 1 : 0)),
        );
        from = to;
      }
      assert.deepEqual(bits(await pretrain(saved)), bits(alone));
      assert.deepEqual([tf.memory().numTensors, liveHandles()], before, "nothing leaks");
      assert.equal((await namesIn(`${folder}/${i}`)).length, 2);
    }
  }));

Deno.test("pretrain() resumes from the checkpoint before a damaged one, and starts anew from a foreign one", () =>
  withFolder(async (folder) => {
    const alone = await pretrain(contrastive);
    const saved = { ...contrastive, checkpoints: { folder, identity: "me", everySeconds: 0 } };
    await cutOff(saved, 4);
    const [, newest] = (await namesIn(folder)).sort((a, b) => parseInt(a) - parseInt(b));
    await Deno.truncate(`${folder}/${newest}`, 1000);
    const resumed: number[] = [];
    const again = await pretrain({ ...saved, onProgress: (done) => resumed.push(done) });
    assert.deepEqual(resumed, [3, 4, 5, 6]);
    assert.deepEqual(bits(again), bits(alone));

    const foreign: number[] = [];
    const other = { ...saved.checkpoints, identity: "another" };
    const anew = await pretrain({
      ...saved,
      checkpoints: other,
      onProgress: (done) => foreign.push(done),
    });
    assert.deepEqual(foreign, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(bits(anew), bits(alone));
  }));

Deno.test("pretrain() names the last good checkpoint where a loss is no number, and saves nothing spoilt over it", () =>
  withFolder(async (folder) => {
    const saved = { ...contrastive, checkpoints: { folder, identity: "me", everySeconds: 0 } };
    await cutOff(saved, 3);
    const good = await namesIn(folder);
    const path = `${folder}/${good.find((name) => name.startsWith("3-"))}`;
    // Step 4 spoils the weights, step 5 meets them.
    const wild = { ...saved, training: { ...recipe, learningRate: NaN } };
    await assert.rejects(pretrain(wild), (error: Error) => {
      assert.ok(error instanceof NonFiniteLossError, String(error));
      assert.equal(
        error.message,
        "Training stopped: the loss of step 5 (epoch 3) is NaN. " +
          "A lower learning rate or a longer warm-up is the usual remedy. " +
          `The last good checkpoint, after step 3, is ${path}`,
      );
      return true;
    });
    assert.deepEqual(await namesIn(folder), good);
  }));

/** Starts `train_process.ts` and tells its lines as they come. */
function trainProcess(
  args: readonly string[],
  onLine?: (line: string, child: Deno.ChildProcess) => void,
  shell?: string,
): ReturnType<typeof startProgram> {
  return startProgram(["tests/train/train_process.ts", ...args], onLine, shell);
}

Deno.test("a process killed at a drawn moment and started again writes the file of one left alone, 20 times", () =>
  withFolder(async (folder) => {
    const epochs = "60", total = 240;
    await trainProcess([`${folder}/a`, epochs, "1000", `${folder}/alone`]);
    const alone = await Deno.readFile(`${folder}/alone`);
    const random = randomAt(1, "kill process");
    // After so many steps, and then in the middle of one, or of a checkpoint.
    const moments = Array.from({ length: 20 }, () => ({
      steps: 10 + random.integer(total - 20),
      milliseconds: random.integer(20),
    }));
    /** Whether it was killed on the way, and the step at which the second process began. */
    const round = async ({ steps, milliseconds }: (typeof moments)[number], i: number) => {
      const args = [`${folder}/${i}`, epochs, "0.05", `${folder}/killed${i}`];
      let left = steps;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const first = await trainProcess(args, (_, child) => {
        if (left-- === 0) timer = setTimeout(() => kill(child), milliseconds);
      });
      clearTimeout(timer);
      const second = await trainProcess(args);
      assert.deepEqual(await Deno.readFile(`${folder}/killed${i}`), alone, `round ${i}`);
      return { hit: first.code !== 0, begun: parseInt(second.lines[0]!) };
    };
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let i = 0; i < moments.length; i += 2) {
      rounds.push(...await Promise.all([round(moments[i]!, i), round(moments[i + 1]!, i + 1)]));
    }
    const hits = rounds.filter(({ hit }) => hit).length;
    assert.ok(hits >= 15, `${hits} processes were killed on the way`);
    const resumed = rounds.filter(({ begun }) => begun > 1).length;
    assert.ok(resumed >= 10, `${resumed} went on from a checkpoint`);
  }));

Deno.test("a checkpoint for which the disk has no room stops the training and spares the one before it", () =>
  withFolder(async (folder) => {
    const args = [`${folder}/c`, "3", "0", `${folder}/out`];
    await trainProcess(args, (line, child) => line === "5/12" && kill(child));
    const kept = await namesIn(`${folder}/c`);
    // No file may grow beyond a few kilobytes: a part is written, then the system refuses.
    const full = await trainProcess(args, undefined, "trap '' XFSZ; ulimit -f 8;");
    assert.equal(full.code, 1);
    assert.match(
      full.lines.at(-1)!,
      /^InputError: Checkpoint folder .*: the checkpoint of step \d+ cannot be written \(.*\)\. Make room on the disk or mend the folder, and run the same again: it goes on from step \d+$/,
    );
    assert.deepEqual(await namesIn(`${folder}/c`), kept, "no part is left, nothing is removed");
    const rest = await trainProcess(args);
    assert.equal(rest.code, 0, rest.lines.join("\n"));
    assert.equal(rest.lines[0], full.lines[0]);
  }));
