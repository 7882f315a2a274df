import assert from "node:assert/strict";
import { twoViews } from "@/dsl/augmentations.ts";
import { methods } from "@/dsl/methods/mod.ts";
import { scaleOf } from "@/dsl/scales.ts";
import { exists } from "@/lib/base/files.ts";
import { readPack } from "@/lib/data/pack.ts";
import { makeStep, needsOf, type Step, type StepOf } from "@/lib/plan/mod.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import { identityOf } from "@/lib/run/job.ts";
import { artifactFolder, findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { type Bench, code, engine, withBench } from "@/tests/run/fixture.ts";

const origin = {
  key: "k",
  code: "c",
  engine: { backend: "tensorflow", device: "cpu", check: false } as const,
  needs: { images: { key: "i", content: "1" }, subset: { key: "s", content: "2" } },
};

Deno.test("identityOf() changes with the recipe, the code, the content that is read, and where it is computed", () => {
  const same = { ...origin, needs: { subset: origin.needs.subset, images: origin.needs.images } };
  assert.equal(identityOf(same), identityOf(origin));
  const others = [
    { ...origin, key: "other" },
    { ...origin, code: "other" },
    { ...origin, engine: { ...origin.engine, backend: "wasm" as const } },
    { ...origin, engine: { ...origin.engine, device: "gpu" } },
    { ...origin, needs: { ...origin.needs, images: { key: "i", content: "other" } } },
  ];
  for (const other of others) assert.notEqual(identityOf(other), identityOf(origin));
});

const { network } = scaleOf("smoke");
const simclr = methods.simclr.recipes.smoke;
const seed = 3;
const training = {
  ...simclr,
  epochs: 6,
  batch: 4,
  views: twoViews({ ...simclr.views[0].augmentation, pixels: 16 }),
};

/** The fixture's plan and a pretraining on its eight images: twelve steps. */
function planOf({ plan, ingest }: Bench): { plan: Bench["plan"]; step: StepOf<"pretrain"> } {
  const needs = { images: [ingest.key], subset: [plan.steps[2]!.key] };
  const spec = { method: "simclr", network, training, seed } as const;
  const step = makeStep({ kind: "pretrain", spec, needs }, "encoder");
  return { plan: { ...plan, steps: [...plan.steps, step] }, step };
}

/** Trains as the worker would, but stops after so many steps and leaves its checkpoints. */
async function leaveCheckpoints(
  store: Store,
  step: StepOf<"pretrain">,
  after: number,
): Promise<void> {
  const needs: Record<string, Manifest["needs"][string]> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const found = await findArtifact(store, key);
    assert.ok(found.state === "cached");
    needs[name] = { key, content: found.manifest.content };
  }
  const { images: [images], subset: [drawn] } = needsOf(step);
  const pack = await readPack(artifactFolder(store, images!));
  const subset = await readWords(`${artifactFolder(store, drawn!)}/indices.u32`);
  await startEngine(engine);
  const stop = new Error("stopped");
  await assert.rejects(
    pretrain({
      parts: [{ split: pack.split("train"), subset, classes: pack.hierarchy.leaves.length }],
      pixels: pack.px,
      network,
      training,
      seed,
      checkpoints: {
        folder: `${store.root}/checkpoints/${step.key}`,
        identity: identityOf({ key: step.key, code: code(step), needs, engine }),
        everySeconds: 0,
      },
      onProgress(done) {
        if (done === after) throw stop;
      },
    }),
    stop,
  );
}

Deno.test("run() goes on from what a killed worker left of a pretraining, to the same file, and clears it away", () =>
  withBench(async (bench) => {
    const { store, events, work } = bench;
    const { plan, step } = planOf(bench);
    const folder = artifactFolder(store, step.key);
    const scratch = `${store.root}/checkpoints/${step.key}`;
    const progress = () =>
      events.flatMap((event) =>
        event.type === "progress" && event.step.key === step.key ? [event.done] : []
      );

    assert.equal((await work({ plan })).worked, 5);
    const alone = await Deno.readFile(`${folder}/encoder.safetensors`);
    assert.equal(progress()[0], 1);
    assert.ok(!await exists(scratch));

    await Deno.remove(folder, { recursive: true });
    await leaveCheckpoints(store, step, 7);
    assert.ok(await exists(scratch));
    assert.equal((await work({ plan })).worked, 1);
    assert.equal(progress()[0], 7, "the first report says from where it goes on");
    assert.deepEqual(await Deno.readFile(`${folder}/encoder.safetensors`), alone);
    assert.ok(!await exists(scratch));

    // Other code does not go on from it.
    await leaveCheckpoints(store, step, 7);
    const changed = (step: Step) => step.kind === "pretrain" ? "changed" : code(step);
    assert.equal((await work({ plan, code: changed })).worked, 1);
    assert.equal(progress()[0], 1);
    assert.ok(!await exists(scratch));
  }));
