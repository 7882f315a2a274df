import assert from "node:assert/strict";
import { checkpointFolder } from "@/lib/train/checkpoint_folder.ts";
import { StoppedError } from "@/lib/train/stopped.ts";
import { namesIn, withFolder } from "@/tests/train/folder.ts";

/** What is saved after a step: the weights are told by the step. */
function made(done: number) {
  const bytes = new Uint8Array(new Float32Array([done, done / 3]).buffer);
  return {
    progress: {
      done,
      seconds: done,
      curve: [],
      metrics: { losses: [done], accuracies: [0] },
      earlier: { steps: 0, results: [] },
    },
    tensors: { "parameters.w": { dtype: "F32", shape: [2], bytes } },
  };
}

const save = async (folder: string, steps: readonly number[], identity = "me") => {
  const checkpoints = checkpointFolder({ folder, identity });
  await checkpoints.newest();
  for (const step of steps) await checkpoints.save(() => Promise.resolve(made(step)));
};

/** The step that a training would go on from. */
const newest = async (folder: string, identity = "me") =>
  (await checkpointFolder({ folder, identity }).newest())?.progress.done;

const stepsIn = async (folder: string) =>
  (await namesIn(folder)).map((name) => Number(/^\d+/.exec(name)![0])).sort((a, b) => a - b);

Deno.test("newest() gives the last checkpoint whole, and nothing where there is no folder", () =>
  withFolder(async (parent) => {
    const folder = `${parent}/not/yet`;
    assert.equal(await newest(folder), undefined);
    assert.deepEqual(await namesIn(parent), [], "looking makes nothing");
    await save(folder, [9, 10, 100]);
    const checkpoints = checkpointFolder({ folder, identity: "me" });
    assert.deepEqual(await checkpoints.newest(), { identity: "me", ...made(100) });
    assert.equal(checkpoints.last()?.done, 100);
    assert.match(checkpoints.last()!.path, /not\/yet\/100-[0-9a-f]{64}\.safetensors$/);
  }));

Deno.test("save() keeps this checkpoint and the one before it, also over a new start", () =>
  withFolder(async (folder) => {
    const checkpoints = checkpointFolder({ folder, identity: "me" });
    await checkpoints.save(() => Promise.resolve(made(1)));
    assert.deepEqual(await stepsIn(folder), [1]);
    for (const step of [2, 3, 11]) {
      await checkpoints.save(() => Promise.resolve(made(step)));
      assert.equal((await stepsIn(folder)).length, 2);
    }
    assert.deepEqual(await stepsIn(folder), [3, 11]);
    await Deno.writeTextFile(`${folder}/20-part.tmp`, "of a killed process");
    await save(folder, [12]);
    assert.deepEqual(await stepsIn(folder), [11, 12]);
  }));

Deno.test("newest() falls back to the checkpoint before one with any flipped bit, cut or empty", () =>
  withFolder(async (folder) => {
    await save(folder, [3, 4]);
    const name = (await namesIn(folder)).find((one) => one.startsWith("4-"))!;
    const whole = await Deno.readFile(`${folder}/${name}`);
    assert.ok(whole.length > 200);
    for (let at = 0; at < whole.length; at++) {
      const flipped = whole.slice();
      flipped[at]! ^= 1 << (at % 8);
      await Deno.writeFile(`${folder}/${name}`, flipped);
      assert.equal(await newest(folder), 3, `byte ${at}`);
    }
    for (const length of [whole.length - 1, 8, 0]) {
      await Deno.writeFile(`${folder}/${name}`, whole.subarray(0, length));
      assert.equal(await newest(folder), 3, `${length} bytes`);
    }
    // Going on from there, the damaged one neither counts nor stays.
    await save(folder, [4]);
    assert.deepEqual(await stepsIn(folder), [3, 4]);
    assert.equal(await newest(folder), 4);
    for (const one of await namesIn(folder)) await Deno.truncate(`${folder}/${one}`, 9);
    assert.equal(await newest(folder), undefined, "none is whole");
  }));

Deno.test("newest() passes over a checkpoint of another training, which goes with the first of one's own", () =>
  withFolder(async (folder) => {
    await save(folder, [50, 60], "the code of yesterday");
    assert.equal(await newest(folder), undefined);
    await save(folder, [1]);
    assert.deepEqual(await stepsIn(folder), [1]);
    assert.equal(await newest(folder), 1);
  }));

Deno.test("save() saves nothing where there is nothing to save", () =>
  withFolder(async (folder) => {
    await save(folder, [1]);
    const checkpoints = checkpointFolder({ folder, identity: "me" });
    await checkpoints.save(() => Promise.resolve(null));
    assert.deepEqual(await stepsIn(folder), [1]);
    assert.equal(checkpoints.last(), undefined);
  }));

Deno.test("save() says what is wrong and from where the training will go on", () =>
  withFolder(async (parent) => {
    const folder = `${parent}/c`;
    const checkpoints = checkpointFolder({ folder, identity: "me" });
    await checkpoints.save(() => Promise.resolve(made(5)));
    await Deno.rename(folder, `${parent}/kept`);
    await Deno.writeTextFile(folder, "in the way");
    await assert.rejects(checkpoints.save(() => Promise.resolve(made(6))), (error: Error) => {
      assert.equal(error.name, "InputError");
      const message = error.message.replace(/\(.*\)/, "(…)").replace(folder, "c");
      assert.equal(
        message,
        "Checkpoint folder c: the checkpoint of step 6 cannot be written (…). " +
          "Make room on the disk or mend the folder, and run the same again: it goes on from step 5",
      );
      return true;
    });
    assert.equal(await newest(`${parent}/kept`), 5);
  }));

Deno.test("due() waits as long as it is told", () =>
  withFolder(async (folder) => {
    const at = (everySeconds?: number) =>
      checkpointFolder({
        folder,
        identity: "me",
        ...everySeconds === undefined ? {} : { everySeconds },
      });
    assert.ok(at(0).due({ epochEnds: false }));
    assert.ok(!at(1000).due({ epochEnds: true }));
    assert.ok(!at().due({ epochEnds: true }), "nothing is saved in the first seconds");
    await Promise.resolve();
  }));

Deno.test("a work that is asked to end is due at once, and ends after it was saved and not before", () =>
  withFolder(async (folder) => {
    const stop = new AbortController();
    const checkpoints = checkpointFolder({ folder, identity: "me", stop: stop.signal });
    assert.equal(checkpoints.due({ epochEnds: false }), false);
    stop.abort();
    checkpoints.endIfAsked();
    assert.equal(checkpoints.due({ epochEnds: false }), true);
    await checkpoints.save(() => Promise.resolve(made(7)));
    assert.throws(() => checkpoints.endIfAsked(), StoppedError);
    assert.equal(await newest(folder), 7);
  }));

Deno.test("save() saves nothing and removes nothing where its guard throws", () =>
  withFolder(async (folder) => {
    await save(folder, [3, 4]);
    const guard = () => Promise.reject(new Error("lost"));
    const checkpoints = checkpointFolder({ folder, identity: "me", guard });
    await assert.rejects(checkpoints.save(() => Promise.resolve(made(5))), /^Error: lost$/);
    assert.deepEqual(await stepsIn(folder), [3, 4]);
  }));
