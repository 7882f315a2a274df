// For each kind of change that makes a step be worked, what is named.
import assert from "node:assert/strict";
import {
  domain,
  expand,
  type Experiment,
  experiment,
  images,
  jpeg,
  linear,
  resnet,
  scaleOf,
  simclr,
  type Source,
  trial,
} from "@/dsl/mod.ts";
import { plan, type Step, type StepKind } from "@/lib/plan/mod.ts";
import { filesIn, readCode, type ReadFile } from "@/lib/run/mod.ts";
import {
  artifactFolder,
  type Change,
  explain,
  type Explanation,
  findArtifact,
  keepParts,
  type Parts,
  partsHash,
  putArtifact,
  statusOf,
  type Store,
} from "@/lib/store/mod.ts";
import { fakeDomains, syntheticStudy } from "@/tests/results/synthetic_store.ts";
import { root } from "@/tests/run/fixture.ts";

/** What the experiment may be changed in. */
interface Asked {
  readonly source?: Source;
  readonly pretraining?: Parameters<typeof simclr>[1];
  readonly probe?: Parameters<typeof linear>[1];
  readonly quality?: number;
}

const species = domain("species", "50k");

function asking({ source = species, pretraining, probe, quality = 30 }: Asked = {}): Experiment {
  return experiment({
    id: "own",
    title: "t",
    question: "q",
    reference: "r",
    trials: [
      trial(simclr(source, pretraining), linear("species", probe)),
      trial(simclr(species, { corruption: jpeg(quality) }), linear("species")),
      trial(simclr(domain("objects", "50k")), linear("objects")),
    ],
  });
}

const files = filesIn(root);
const today = await readCode(files);
const scale = scaleOf("mini");
const world = { dataset: "world", world: "species", worldVersion: 4, seed: 2 };
const photos = { dataset: "image-folder", adapterVersion: 3, hash: "a".repeat(64) };
const options = {
  accuracy: () => 0.5,
  testImages: 20,
  forms: { objects: "image-folder" },
  ids: { species: partsHash(world), objects: partsHash(photos) },
};

/** What is otherwise when a plan is made anew. */
interface Now {
  readonly asked?: Asked;
  readonly seed?: number;
  readonly species?: Parts;
  readonly objects?: Parts;
  readonly read?: ReadFile;
  /** What happens to the store before. */
  readonly meanwhile?: (store: Store, steps: readonly Step[]) => Promise<void>;
}

/** Why steps have to be worked in a store that holds the whole experiment as it was, once something is otherwise. */
async function reasons(now: Now): Promise<readonly Explanation[]> {
  await using study = await syntheticStudy([asking()], { ...options, code: today });
  const { store } = study;
  await keepParts(store, [...study.plan.steps.map(today.parts), world, photos]);
  await now.meanwhile?.(store, study.plan.steps);
  const named = [now.species ?? world, now.objects ?? photos] as const;
  const ids = { species: partsHash(named[0]), objects: partsHash(named[1]) };
  const conditions = expand(asking(now.asked), scale, { seeds: 1, firstSeed: now.seed ?? 1 });
  const { steps } = plan(conditions, fakeDomains(scale, { ...options, ids }));
  const code = now.read === undefined ? today : await readCode(now.read);
  const status = await statusOf(steps, store, { code });
  const toWork = steps.filter(({ key }) => status.get(key)!.freshness !== "cached");
  return await explain(toWork, store, { steps, status, codeParts: code.parts, named });
}

/** The steps that have a change that is not one of an input which is worked too: their kinds and what it is. */
function told(found: readonly Explanation[]): readonly string[] {
  return [
    ...new Set(
      found.flatMap(({ step: { kind }, changes, waits }) =>
        changes.filter(({ within: [first] }) => first === undefined || !waits.includes(first))
          .map(({ of, within, path }) => [kind, of, ...within, path].join(" "))
      ),
    ),
  ];
}

/** The project's files, one of them otherwise. */
function changed(path: string, edit: (text: string) => string): ReadFile {
  return async (one) => one === path ? edit(await files(one)) : await files(one);
}

function withLineIn(path: string): ReadFile {
  return changed(path, (text) => `${text}export const another = 1;\n`);
}

const training = (training: object): Now => ({ asked: { pretraining: { training } } });

/** By what is otherwise: what is named. */
const cases: Readonly<Record<string, readonly [Now, readonly string[]]>> = {
  "a learning rate": [
    training({ learningRate: 0.123 }),
    ["pretrain recipe training.learningRate"],
  ],
  // Epochs that are given are no longer stretched to a least number of steps.
  "a number of epochs": [
    training({ epochs: 77 }),
    ["pretrain recipe training.epochs", "pretrain recipe training.minimumSteps"],
  ],
  "a temperature": [training({ temperature: 0.123 }), ["pretrain recipe training.temperature"]],
  "the width of a network": [
    { asked: { pretraining: { network: resnet({ blocks: [1, 1, 1], width: 24 }) } } },
    ["pretrain recipe network.width"],
  ],
  "the quality of a corruption": [
    { asked: { quality: 10 } },
    ["corrupt recipe corruption.quality", "pretrain recipe corruption.quality"],
  ],
  "the size of a subset": [
    { asked: { source: domain("species", images(300)) } },
    ["subset recipe size"],
  ],
  "a seed": [
    { seed: 2 },
    ["subset recipe seed", "pretrain recipe seed", "probe recipe seed"],
  ],
  "the content of a data set": [
    { objects: { ...photos, hash: "b".repeat(64) } },
    ["ingest recipe dataset.hash"],
  ],
  "the version of the worlds": [
    { species: { ...world, worldVersion: 5 } },
    ["ingest recipe dataset.worldVersion"],
  ],
  "the code of an objective": [
    { read: withLineIn("lib/objective/simclr.ts") },
    ["pretrain code lib/objective/simclr.ts"],
  ],
  "the code of an adapter": [
    { read: withLineIn("lib/data/adapters/image_folder.ts") },
    ["ingest code lib/data/adapters/image_folder.ts"],
  ],
  "the version of a package": [
    { read: changed("deno.json", (text) => text.replace("npm:ml-matrix@", "npm:ml-matrix@9")) },
    ["pretrain package ml-matrix", "probe package ml-matrix"],
  ],
  "a probe's penalty": [
    { asked: { probe: { settings: { penalties: [1e-4, 5e-3] } } } },
    ["probe recipe settings.penalties"],
  ],
  "a recipe and the code": [
    {
      ...training({ temperature: 0.123 }),
      read: changed("lib/train/optimizer.ts", (text) => `${text}export const another = 1;\n`),
    },
    ["pretrain recipe training.temperature", "pretrain code lib/train/optimizer.ts"],
  ],
  "the content of an input that was made anew": [
    { meanwhile: (store, steps) => madeOtherwise(store, find(steps, "features")) },
    ["probe content features", "neighbours content simclr"],
  ],
  "the version of a kind of work": [
    { meanwhile: (store, steps) => moved(store, find(steps, "pretrain")) },
    ["pretrain recipe version of the kind"],
  ],
};

for (const [what, [now, expected]] of Object.entries(cases)) {
  Deno.test(`explain() names ${what} that is another, and nothing else`, async () => {
    assert.deepEqual(told(await reasons(now)), expected);
  });
}

function find(steps: readonly Step[], kind: StepKind): Step {
  return steps.find((step) => step.kind === kind)!;
}

/** Makes an artifact anew with other bytes. */
async function madeOtherwise(store: Store, { key }: Step): Promise<void> {
  const found = await findArtifact(store, key);
  assert.ok(found.state === "cached");
  const { files: _, content: __, ...origin } = found.manifest;
  await putArtifact(store, key, async (folder) => {
    await Deno.writeTextFile(`${folder}/data`, "other bytes");
    return origin;
  });
}

/** Gives an artifact the key that another version of its kind had. */
async function moved(store: Store, { key }: Step): Promise<void> {
  const found = await findArtifact(store, key);
  assert.ok(found.state === "cached");
  const { files: _, content: __, ...origin } = found.manifest;
  const other = "f".repeat(64);
  await putArtifact(store, other, async (folder) => {
    await Deno.writeTextFile(`${folder}/data`, "bytes");
    return { ...origin, key: other };
  });
  await Deno.remove(artifactFolder(store, key), { recursive: true });
}

Deno.test("explain() tells what a field was and is, and of which artifact", async () => {
  const [pretrain, ...others] = await reasons(training({ temperature: 0.123 }));
  assert.equal(pretrain!.status.freshness, "missing");
  const [{ was, is }] = pretrain!.changes as [Change];
  assert.ok(typeof was === "number" && was !== 0.123);
  assert.equal(is, 0.123);
  assert.equal(pretrain!.compared!.kind, "pretrain");
  assert.notEqual(pretrain!.compared!.key, pretrain!.step.key);
  // What follows from it says through which input.
  const [features] = others;
  assert.deepEqual(features!.waits, ["encoder"]);
  assert.deepEqual(features!.changes.map(({ within, path }) => [within, path]), [
    [["encoder"], "training.temperature"],
  ]);
});

Deno.test("explain() tells which file is damaged, and that nothing is there to compare with", async () => {
  const [damaged] = await reasons({
    meanwhile: (store, steps) =>
      Deno.writeTextFile(`${artifactFolder(store, find(steps, "features").key)}/data`, "damaged"),
  });
  assert.equal(damaged!.step.kind, "features");
  assert.equal(damaged!.status.freshness, "corrupt");
  assert.match(damaged!.status.detail, /^data has 7 bytes, not 8$/);
  assert.deepEqual(damaged!.changes, []);

  const [missing] = await reasons({
    async meanwhile(store, steps) {
      for (const { key } of steps.filter(({ kind }) => kind === "classes")) {
        await Deno.remove(artifactFolder(store, key), { recursive: true });
      }
    },
  });
  assert.equal(missing!.status.freshness, "missing");
  assert.equal(missing!.compared, undefined);
});

Deno.test("explain() says where it is not known what code was", async () => {
  const found = await reasons({
    read: withLineIn("lib/objective/simclr.ts"),
    meanwhile: ({ root }) => Deno.remove(`${root}/parts`, { recursive: true }),
  });
  const pretrainings = found.filter(({ step }) => step.kind === "pretrain");
  assert.ok(pretrainings.length > 0);
  for (const { unknownCode, changes } of pretrainings) {
    assert.ok(unknownCode);
    assert.deepEqual(changes, []);
  }
});
