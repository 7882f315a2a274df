/** What holds for a training on TensorFlow holds on XLA too. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { liveHandles, loadBackend, transfers } from "@/lib/tensor/mod.ts";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { underTest } from "@/tests/tensor/under_test.ts";
import { withFolder } from "@/tests/train/folder.ts";
import { kill, startProgram } from "@/tests/train/killed_process.ts";
import { bits, contrastive, part, queued, recipe } from "@/tests/train/small_training.ts";

underTest.device = "xla-cpu";
await loadBackend(underTest);

await import("@/tests/train/step_test.ts");
await import("@/tests/train/view_groups_test.ts");
await import("@/tests/train/held_out_test.ts");

Deno.test("pretrain() copies nothing between device and host within an epoch but its steps' inputs", async () => {
  const counts: ReturnType<typeof transfers>[] = [];
  const { images: _, ...streamed } = part.split;
  // Resident images, and such as are read batch by batch.
  for (const split of [part.split, streamed]) {
    counts.length = 0;
    await pretrain({
      ...contrastive,
      parts: [{ ...part, split, subset: Uint32Array.from({ length: 40 }, (_, i) => i) }],
      training: { ...recipe, epochs: 2, batch: 2 },
      onProgress: () => counts.push(transfers()),
    });
    // Steps 1 to 20 are the first epoch, which is looked at after its last; the next 20 go from 21 to 39.
    const within = (from: number, to: number) => ({
      up: counts[to - 1]!.uploads - counts[from - 1]!.uploads,
      down: counts[to - 1]!.downloads - counts[from - 1]!.downloads,
    });
    // Indices, boxes, colours, rate and uptake; and the images themselves, where they are read.
    const inputs = split === streamed ? 6 : 5;
    assert.deepEqual(within(1, 19), { up: 18 * inputs, down: 0 });
    assert.deepEqual(within(21, 39), { up: 18 * inputs, down: 0 });
  }
});

Deno.test("pretrain() gives the same bits twice on one device, and leaves nothing there", async () => {
  for (const config of [contrastive, queued]) {
    const first = bits(await pretrain(config));
    const before = [tf.memory().numTensors, liveHandles(), liveBuffers()];
    assert.deepEqual(bits(await pretrain(config)), first);
    assert.deepEqual([tf.memory().numTensors, liveHandles(), liveBuffers()], before);
  }
});

Deno.test("a training on a device that is killed and started again writes the file of one left alone", () =>
  withFolder(async (folder) => {
    const start = (
      args: readonly string[],
      onLine?: (line: string, child: Deno.ChildProcess) => void,
    ) => startProgram(["tests/train/train_process.ts", ...args, "xla-cpu"], onLine);
    const left = await start([`${folder}/a`, "20", "1000", `${folder}/alone`]);
    assert.equal(left.code, 0, left.lines.join("\n"));
    const alone = await Deno.readFile(`${folder}/alone`);
    for (const [i, step] of ["7/80", "33/80", "61/80"].entries()) {
      const args = [`${folder}/${i}`, "20", "0.01", `${folder}/killed${i}`];
      const first = await start(args, (line, child) => line === step && kill(child));
      assert.notEqual(first.code, 0);
      const second = await start(args);
      assert.ok(parseInt(second.lines[0]!) > 1, "it went on from a checkpoint");
      assert.deepEqual(await Deno.readFile(`${folder}/killed${i}`), alone);
    }
  }));
