// The loop that all trainings share, on a training of two numbers.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { disposeNamed, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { checkpointFolder } from "@/lib/train/checkpoint_folder.ts";
import { type Epoch, train, type TrainingPlan } from "@/lib/train/train.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";
import { initialState } from "@/lib/train/state.ts";
import { namesIn, withFolder } from "@/tests/train/folder.ts";

await loadBackend();

const specs = {
  parameters: [{ name: "w", kind: "offset", shape: [2] }],
  statistics: [],
} as const;

interface Inputs {
  readonly add: tf.Tensor;
}

type Plan = TrainingPlan<Inputs, number[]>;

/** Three epochs of two steps, the n-th of which adds n to both weights and tells their sum; what happens is written down. */
function planOf(options: Partial<Plan> & { readonly spoilt?: number } = {}) {
  const log: string[] = [];
  const plan: Plan = {
    specs,
    start: () => initialState(specs, 1),
    async step(state, { add }) {
      const n = add.dataSync()[0]!;
      log.push(`step ${n}`);
      await new Promise((resolve) => setTimeout(resolve));
      const w = tf.add(state.parameters.w!, add);
      const loss = n === options.spoilt ? tf.scalar(NaN) : tf.sum(w);
      disposeNamed(state);
      log.push(`end ${n}`);
      return { loss, state: { ...state, parameters: { w }, slots: { w: [tf.zeros([2])] } } };
    },
    feed: {
      take(step) {
        log.push(`take ${step + 1}`);
        return Promise.resolve({ add: tf.scalar(step + 1) });
      },
      release: ({ add }) => add.dispose(),
      [Symbol.dispose]() {},
    },
    course: { stepsPerEpoch: 2, totalSteps: 6 },
    pointOf: ({ losses }: Epoch<number[]>) => [...losses],
    ...options,
  };
  return { plan, log };
}

async function outcomeOf(plan: Plan) {
  using trained = await train(plan);
  return { w: [...trained.state.parameters.w!.dataSync()], curve: trained.curve };
}

const wanted = { w: [21, 21], curve: [[2, 6], [12, 20], [30, 42]] };

Deno.test("train() takes the next step's inputs while a step runs, tells each epoch, and leaks nothing", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const done: number[] = [];
  const { plan, log } = planOf({ onStep: (step) => done.push(step) });
  assert.deepEqual(await outcomeOf(plan), wanted);
  assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(log.slice(0, 6), ["take 1", "step 1", "take 2", "end 1", "step 2", "take 3"]);
  assert.deepEqual(log.slice(-3), ["end 5", "step 6", "end 6"]);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("train() that is stopped goes on from its checkpoint, and its files tell the steps of earlier trainings too", () =>
  withFolder(async (folder) => {
    const before = [tf.memory().numTensors, liveHandles()];
    const options = { folder, identity: "me", everySeconds: 0 };
    const earlier = { steps: 100, results: ["a result"] };
    const stop = new Error("stop");
    const cut = planOf({
      saving: { checkpoints: checkpointFolder(options), begun: undefined, earlier },
      onStep(done) {
        if (done === 3) throw stop;
      },
    });
    await assert.rejects(train(cut.plan), stop);
    assert.deepEqual((await namesIn(folder)).map((name) => parseInt(name)), [102, 103]);
    const checkpoints = checkpointFolder(options);
    const begun = await checkpoints.newest();
    assert.deepEqual(begun!.progress.earlier, earlier);
    const seen: number[] = [];
    const rest = planOf({
      saving: { checkpoints, begun, earlier },
      onStep: (done) => seen.push(done),
    });
    assert.deepEqual(await outcomeOf(rest.plan), wanted);
    assert.deepEqual(seen, [3, 4, 5, 6]);
    assert.equal(rest.log[0], "take 4");
    assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  }));

Deno.test("train() names a checkpoint of its own where a loss is no number, and none of an earlier training", () =>
  withFolder(async (folder) => {
    const checkpoints = checkpointFolder({ folder, identity: "me", everySeconds: 0 });
    const spoiltAt = async (spoilt: number, steps: number) => {
      const saving = { checkpoints, begun: undefined, earlier: { steps, results: [] } };
      const error = await train(planOf({ saving, spoilt }).plan).catch((error) => error);
      assert.ok(error instanceof NonFiniteLossError, String(error));
      return error.message;
    };
    const text = "A lower learning rate or a longer warm-up is the usual remedy";
    const [late, first] = [await spoiltAt(4, 0), await spoiltAt(1, 6)];
    assert.match(
      late,
      /^Training stopped: the loss of step 4 \(epoch 2\) is NaN\. .*, after step 3, is /,
    );
    assert.equal(first, `Training stopped: the loss of step 1 (epoch 1) is NaN. ${text}`);
  }));
