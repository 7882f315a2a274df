import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import { compileNamed, loadBackend } from "@/lib/tensor/mod.ts";
import { captureCalls, type CapturedProgram, resultTypes } from "@/tests/bench/gpu/capture.ts";
import type { PackedArray, PackedStep } from "@/tests/bench/gpu/pack.ts";
import { numberIn, startStep } from "@/tests/bench/gpu/run_step.ts";

await loadBackend({ device: "xla-cpu" });

const rate = 0.1;

/** Gradient descent on the squared distance of w from x, whose loss is a scalar. */
async function descend(steps: number): Promise<number[]> {
  const step = compileNamed(({ w, x }: { w: tf.Tensor; x: tf.Tensor }) => {
    const { value, grad } = tf.valueAndGrad((w) => tf.sum(tf.squaredDifference(w, x)))(w);
    return { loss: value, w: tf.sub(w, tf.mul(grad, rate)) };
  }, { donates: ["w"] });
  let w: tf.Tensor = tf.tensor1d([1, 2, 3]);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const x = tf.tensor1d([i, i, 0.5]);
    const { loss, w: next } = await step({ w, x });
    losses.push((await loss.data())[0]!);
    tf.dispose([loss, x]);
    w = next;
  }
  w.dispose();
  step.dispose();
  return losses;
}

/** What was captured as a packed step with its data beside it. */
async function packed(program: CapturedProgram, folder: string) {
  const parts: number[] = [];
  const arrayOf = (
    { shape, type, bytes }: { shape: readonly number[]; type: "f32"; bytes: Uint8Array },
  ): PackedArray => {
    const offset = parts.length;
    parts.push(...bytes);
    return { shape, type, from: { offset, byteLength: bytes.byteLength } };
  };
  await Deno.writeTextFile(`${folder}/step.mlir`, program.text);
  const calls = program.calls.map((call) =>
    [...call].map(([i, array]) => [i, arrayOf({ ...array, type: "f32" })] as const)
  );
  const step: PackedStep = {
    name: "descent",
    program: "step.mlir",
    args: calls[0]!.map(([, array]) => array),
    state: program.donated,
    loss: resultTypes(program.text).indexOf("tensor<f32>"),
  };
  return { step, calls, data: Uint8Array.from(parts) };
}

Deno.test("a training that was captured without being run gives its losses when its pack is run", async () => {
  const expected = await descend(4);
  const folder = await Deno.makeTempDir();
  try {
    const { step, calls, data } = await captureCalls(async (captured) => {
      assert.notDeepEqual(
        await descend(4),
        expected,
        "nothing is computed while calls are captured",
      );
      return await packed(captured[0]!, folder);
    }, { isRun: false });
    assert.deepEqual(calls.map((call) => call.map(([i]) => i)), [[0, 1], [1], [1], [1]]);

    const { client, devices: [device] } = currentAccelerator()!;
    const running = await startStep({ client, device, folder, data }, step);
    const losses: number[] = [];
    for (const fresh of calls) {
      const { loss } = running.run(fresh.filter(([i]) => i === 1));
      losses.push(await numberIn(loss));
      loss.dispose();
    }
    running.dispose();
    assert.deepEqual(losses, expected);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a client is as it was after calls were captured, whatever happens meanwhile", async () => {
  const before = currentAccelerator()!.client;
  await assert.rejects(
    captureCalls(() => Promise.reject(new Error("no")), { isRun: false }),
    /no/,
  );
  assert.equal(currentAccelerator()!.client, before);
});
