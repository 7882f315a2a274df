import assert from "node:assert/strict";
import { oneView, twoViews } from "@/dsl/augmentations.ts";
import { methods } from "@/dsl/methods/mod.ts";
import type { FinetuneSettings } from "@/dsl/scale.ts";
import { scaleOf } from "@/dsl/scales.ts";
import { exists } from "@/lib/base/files.ts";
import { readPack } from "@/lib/data/pack.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { makeStep, needsOf, type Step, type StepOf } from "@/lib/plan/mod.ts";
import { finetune } from "@/lib/probe/finetune.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import { identityOf } from "@/lib/run/job.ts";
import { artifactFolder, findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
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
    { ...origin, engine: { ...origin.engine, device: "xla-cpu*2" } },
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

const { method: _, learningRate: __, ...supervised } = methods.supervised.recipes.smoke;
const settings: FinetuneSettings = {
  ...supervised,
  epochs: 6,
  minimumSteps: 0,
  batch: 4,
  views: oneView({ ...supervised.views[0].augmentation, pixels: 16 }),
  learningRates: [0.05, 0.1],
  trialSteps: 1000,
  wholePixels: 16,
  heldOut: 0.5,
};

/** The fixture's plan and a fine-tuning of an untrained encoder on its eight images: two trials of six steps, and twelve. */
function finetunePlanOf(
  { plan, ingest }: Bench,
): { plan: Bench["plan"]; step: StepOf<"finetune"> } {
  const untrained = makeStep({
    kind: "pretrain",
    spec: { method: "none", network, seed },
    needs: { images: [], subset: [] },
  }, "encoder");
  const needs = { encoder: untrained.key, images: ingest.key, subset: plan.steps[2]!.key };
  const step = makeStep({ kind: "finetune", spec: { settings, seed }, needs }, "finetune");
  return { plan: { ...plan, steps: [...plan.steps, untrained, step] }, step };
}

/** What a training is told by the worker, which is stopped after so many steps. */
interface Watched {
  readonly checkpoints: CheckpointOptions;
  readonly onProgress: (done: number) => void;
}

/** Trains as the worker would, but stops after so many steps and leaves its checkpoints. */
async function leaveCheckpoints(
  { store, step, after }: { readonly store: Store; readonly step: Step; readonly after: number },
  train: (watched: Watched) => Promise<unknown>,
): Promise<void> {
  const needs: Record<string, Manifest["needs"][string]> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const found = await findArtifact(store, key);
    assert.ok(found.state === "cached");
    needs[name] = { key, content: found.manifest.content };
  }
  await startEngine(engine);
  const stop = new Error("stopped");
  await assert.rejects(
    train({
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

/** The fixture's images, and which of them are trained on. */
async function imagesOf(store: Store, at: { readonly images: string; readonly subset: string }) {
  const pack = await readPack(artifactFolder(store, at.images));
  const subset = await readWords(`${artifactFolder(store, at.subset)}/indices.u32`);
  return { pack, subset, classes: pack.hierarchy.leaves.length };
}

/** Works a plan to its end, and again from checkpoints of its last step, which are of `after` steps. */
async function goesOn(
  { store, events, work }: Bench,
  { plan, step, file, after, train }: {
    readonly plan: Bench["plan"];
    readonly step: Step;
    /** The file that the step is to make. */
    readonly file: string;
    readonly after: number;
    readonly train: (watched: Watched) => Promise<unknown>;
  },
): Promise<void> {
  const folder = artifactFolder(store, step.key);
  const scratch = `${store.root}/checkpoints/${step.key}`;
  const progress = () =>
    events.flatMap((event) =>
      event.type === "progress" && event.step.key === step.key ? [event.done] : []
    );

  assert.equal((await work({ plan })).worked, plan.steps.length);
  const alone = await Deno.readFile(`${folder}/${file}`);
  assert.equal(progress()[0], 1);
  assert.ok(!await exists(scratch));

  await Deno.remove(folder, { recursive: true });
  await leaveCheckpoints({ store, step, after }, train);
  assert.ok(await exists(scratch));
  assert.equal((await work({ plan })).worked, 1);
  assert.equal(progress()[0], after, "the first report says from where it goes on");
  assert.deepEqual(await Deno.readFile(`${folder}/${file}`), alone);
  assert.ok(!await exists(scratch));

  // Other code does not go on from it.
  await leaveCheckpoints({ store, step, after }, train);
  const changed = (one: Step) => one.key === step.key ? "changed" : code(one);
  assert.equal((await work({ plan, code: changed })).worked, 1);
  assert.equal(progress()[0], 1);
  assert.ok(!await exists(scratch));
}

Deno.test("run() goes on from what a killed worker left of a pretraining, to the same file, and clears it away", () =>
  withBench(async (bench) => {
    const { plan, step } = planOf(bench);
    const { images: [images], subset: [subset] } = needsOf(step);
    await goesOn(bench, {
      plan,
      step,
      file: "encoder.safetensors",
      after: 7,
      async train(watched) {
        const at = { images: images!, subset: subset! };
        const { pack, ...part } = await imagesOf(bench.store, at);
        const parts = [{ split: pack.split("train"), ...part }];
        return await pretrain({ parts, pixels: pack.px, network, training, seed, ...watched });
      },
    });
  }));

Deno.test("run() goes on from what a killed worker left of a fine-tuning, to the same file, and clears it away", () =>
  withBench(async (bench) => {
    const { plan, step } = finetunePlanOf(bench);
    const { encoder, ...needs } = needsOf(step);
    await goesOn(bench, {
      plan,
      step,
      file: "predictions.u16",
      // In the second trial.
      after: 9,
      async train(watched) {
        const path = `${artifactFolder(bench.store, encoder)}/encoder.safetensors`;
        const { weights } = await loadEncoder(path);
        const { pack, subset, classes } = await imagesOf(bench.store, needs);
        return await finetune({
          weights,
          network,
          pixels: pack.px,
          classes,
          train: { split: pack.split("train"), subset },
          test: pack.split("test"),
          settings,
          seed,
          ...watched,
        });
      },
    });
  }));
