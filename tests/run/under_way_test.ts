import assert from "node:assert/strict";
import { scaleOf } from "@/dsl/scales.ts";
import { methods } from "@/dsl/methods/mod.ts";
import { twoViews } from "@/dsl/augmentations.ts";
import { makeStep, type Step, type UnderWay } from "@/lib/plan/mod.ts";
import { identityOf } from "@/lib/run/job.ts";
import { underWayOf } from "@/lib/run/mod.ts";
import { type Note, writeNote } from "@/lib/run/under_way.ts";
import { artifactFolder, findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";
import { noneEarlier } from "@/lib/train/checkpoint.ts";
import { checkpointFolder } from "@/lib/train/checkpoint_folder.ts";
import { type Bench, code, engine, withBench } from "@/tests/run/fixture.ts";

const { network } = scaleOf("smoke");
const simclr = methods.simclr.recipes.smoke;
const training = {
  ...simclr,
  epochs: 6,
  batch: 4,
  views: twoViews({ ...simclr.views[0].augmentation, pixels: 16 }),
};

/** A pretraining of twelve steps on eight of the fixture's images. */
function stepOf({ plan, ingest }: Bench): Step {
  const needs = { images: [ingest.key], subset: [plan.steps[2]!.key] };
  const spec = { method: "simclr", network, training, seed: 3 } as const;
  return makeStep({ kind: "pretrain", spec, needs }, "encoder");
}

/** What a work of the step would be known by, once what it needs is there. */
async function identityIn(store: Store, step: Step): Promise<string> {
  const needs: Record<string, Manifest["needs"][string]> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const found = await findArtifact(store, key);
    assert.ok(found.state === "cached");
    needs[name] = { key, content: found.manifest.content };
  }
  return identityOf({ key: step.key, code: code(step), needs, engine });
}

/** Leaves a checkpoint of so many steps as a training does, which knows nothing of the note. */
async function leaveCheckpoint(
  { store, step, done }: { readonly store: Store; readonly step: Step; readonly done: number },
  identity: string,
): Promise<void> {
  const folder = `${store.root}/checkpoints/${step.key}`;
  const progress = {
    done: done - 2,
    seconds: 1,
    curve: [],
    metrics: { losses: [], accuracies: [] },
  };
  await checkpointFolder({ folder, identity }).save(() =>
    Promise.resolve({
      progress: { ...progress, earlier: { ...noneEarlier, steps: 2 } },
      tensors: {},
    } as never)
  );
}

Deno.test("underWayOf() tells how far the newest checkpoint is, and what it took, of the work that would go on from it", () =>
  withBench(async (bench) => {
    const { store } = bench, step = stepOf(bench);
    const told = async (codeOf = code): Promise<UnderWay | undefined> =>
      (await underWayOf([step], store, { code: codeOf })).get(step.key);
    assert.equal(await told(), undefined);
    await bench.work();
    const identity = await identityIn(store, step);
    // 100 seconds after ten steps; the checkpoints are older.
    const note: Note = { identity, engine, done: 10, total: 12, seconds: 100 };
    await writeNote(store, step.key, note);
    assert.equal(await told(), undefined, "a note alone keeps nothing");
    await leaveCheckpoint({ store, step, done: 3 }, identity);
    await leaveCheckpoint({ store, step, done: 6 }, identity);
    assert.deepEqual(await told(), { share: 0.5, seconds: 60 });

    assert.equal(await told((one) => `other ${one.kind}`), undefined, "other code begins anew");
    await writeNote(store, step.key, { ...note, identity: "another" });
    assert.equal(await told(), undefined);
    await Deno.writeTextFile(`${store.root}/checkpoints/${step.key}.json`, "{");
    assert.equal(await told(), undefined, "a damaged note");
    await writeNote(store, step.key, note);
    await Deno.remove(artifactFolder(store, bench.ingest.key), { recursive: true });
    assert.equal(await told(), undefined, "nobody knows yet what it would read");
  }));

Deno.test("run() adds what the kept part of a stopped work took to what the step took, and clears the note away", () =>
  withBench(async (bench) => {
    const { store, ingest } = bench;
    const identity = identityOf({ key: ingest.key, code: code(ingest), needs: {}, engine });
    const folder = `${store.root}/checkpoints/${ingest.key}`;
    const secondsOf = async (): Promise<number> => {
      await bench.work();
      const found = await findArtifact(store, ingest.key);
      assert.ok(found.state === "cached");
      await Deno.remove(artifactFolder(store, ingest.key), { recursive: true });
      const left = [...Deno.readDirSync(`${store.root}/checkpoints`)];
      assert.deepEqual(left, []);
      return found.manifest.made.seconds;
    };
    const leave = async (note: Partial<Note>) => {
      await Deno.mkdir(folder);
      await Deno.writeTextFile(`${folder}/part`, "");
      const all = { identity, engine, done: 8, total: 16, seconds: 5000, ...note };
      await writeNote(store, ingest.key, all);
      await Deno.writeTextFile(`${folder}.json.1.00000000.tmp`, "{");
    };
    assert.ok(await secondsOf() < 1000);
    await leave({});
    const both = await secondsOf();
    assert.ok(both > 5000 && both < 6000);
    await leave({ identity: "another" });
    assert.ok(await secondsOf() < 1000, "another work's time is not this one's");
  }));
