// What a change of this project's own code makes stale, in a store that holds a whole study.
import assert from "node:assert/strict";
import {
  domain,
  downsample,
  experiment,
  jpeg,
  knn,
  linear,
  moco,
  scratch,
  simclr,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { filesIn, readCode, type ReadFile } from "@/lib/run/mod.ts";
import { statusOf } from "@/lib/store/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";
import { root } from "@/tests/run/fixture.ts";

const [species, objects] = [domain("species", "50k"), domain("objects", "50k")];
const own = experiment({
  id: "own",
  title: "t",
  question: "q",
  reference: "r",
  trials: [
    trial(simclr(species), linear("species")),
    trial(simclr(species), knn("species")),
    trial(moco(species), linear("species")),
    trial(supervised(species), knn("species")),
    trial(simclr(objects, { corruption: jpeg(30) }), linear("objects")),
    trial(simclr(objects, { corruption: downsample(2) }), linear("objects")),
    trial(untrained(), scratch("scenes")),
  ],
});

const files = filesIn(root);

/** The project's files, some of them changed. */
function changed(edit: (path: string, text: string) => string): ReadFile {
  return async (path) => edit(path, await files(path));
}

/** The project's files, with another line in some of them. */
function withLineIn(isOne: (path: string) => boolean): ReadFile {
  return changed((path, text) => isOne(path) ? `${text}export const another = 1;\n` : text);
}

interface Bench {
  readonly steps: readonly Step[];
  /** The steps that are not fresh with other files: those of other code, and those that need one. */
  stale(read: ReadFile): Promise<{ readonly code: Steps; readonly upstream: Steps }>;
}

type Steps = readonly Step[];

const synthetic = { accuracy: () => 0.5, forms: { species: "inat21", objects: "image-folder" } };

async function withStudy(body: (bench: Bench) => Promise<void>): Promise<void> {
  const code = await readCode(files);
  await using study = await syntheticStudy([own], { ...synthetic, code });
  const { plan: { steps }, store } = study;
  await body({
    steps,
    async stale(read) {
      const status = await statusOf(steps, store, { code: await readCode(read) });
      const of = (freshness: string) =>
        steps.filter(({ key }) => status.get(key)!.freshness === freshness);
      const [changed, upstream] = [of("code changed"), of("upstream")];
      assert.equal(of("cached").length, steps.length - changed.length - upstream.length);
      return { code: changed, upstream };
    },
  });
}

/** All that stands on some steps, without these. */
function descendants(steps: Steps, of: Steps): Steps {
  const reached = new Set(of.map(({ key }) => key));
  for (const { key, needs } of steps) {
    if (Object.values(needs).some((need) => reached.has(need))) reached.add(key);
  }
  return steps.filter((step) => reached.has(step.key) && !of.includes(step));
}

const names = (steps: Steps) => steps.map(({ kind, label }) => `${kind} ${label}`);
const kindsOf = (steps: Steps) => [...new Set(steps.map(({ kind }) => kind))].sort();

Deno.test("a store whose code is today's is fresh, and a whole one", () =>
  withStudy(async ({ stale }) => {
    assert.deepEqual(await stale(files), { code: [], upstream: [] });
  }));

Deno.test("a changed objective makes its method's trainings stale and what stands on them, and nothing else", () =>
  withStudy(async ({ steps, stale }) => {
    const { code, upstream } = await stale(withLineIn((path) => path === "lib/objective/moco.ts"));
    const trained = steps.filter((step) => step.kind === "pretrain" && step.spec.method === "moco");
    assert.equal(trained.length, 1);
    assert.deepEqual(names(code), names(trained));
    assert.deepEqual(names(upstream), names(descendants(steps, trained)));
    assert.deepEqual(kindsOf(upstream), ["features", "probe", "score"]);
  }));

Deno.test("a new method makes nothing stale", () =>
  withStudy(async ({ stale }) => {
    const registry = "lib/objective/mod.ts";
    const read = changed((path, text) =>
      path === registry
        ? text.replace(
          /^.*objective\/moco\.ts.*$/m,
          '  fresh: async () => (await import("@/lib/objective/fresh.ts")).fresh,\n$&',
        )
        : text
    );
    assert.match(await read(registry), /fresh: async/);
    const withFile: ReadFile = (path) =>
      path === "lib/objective/fresh.ts" ? Promise.resolve("export const fresh = 1;\n") : read(path);
    assert.deepEqual(await stale(withFile), { code: [], upstream: [] });
  }));

Deno.test("changed drawings of the worlds make nothing stale while their version stands", () =>
  withStudy(async ({ stale }) => {
    const read = withLineIn((path) => path.startsWith("lib/worlds/"));
    assert.deepEqual(await stale(read), { code: [], upstream: [] });
  }));

Deno.test("a changed adapter makes its own ingests stale and what stands on them, and nothing else", () =>
  withStudy(async ({ steps, stale }) => {
    const own = steps.filter((step) => step.kind === "ingest" && step.spec.form === "inat21");
    assert.equal(own.length, 1);
    const { code, upstream } = await stale(
      withLineIn((path) => path === "lib/data/adapters/inat21.ts"),
    );
    assert.deepEqual(names(code), names(own));
    assert.deepEqual(names(upstream), names(descendants(steps, own)));
  }));

Deno.test("a changed probe and a changed corruption make stale what their recipes name", () =>
  withStudy(async ({ steps, stale }) => {
    const linears = steps.filter((step) => step.kind === "probe" && step.spec.probe === "linear");
    const probes = await stale(withLineIn((path) => path === "lib/probe/linear.ts"));
    assert.deepEqual(names(probes.code), names(linears));
    assert.deepEqual(kindsOf(probes.upstream), ["score"]);
    const jpegs = steps.filter((step) =>
      step.kind === "corrupt" && step.spec.corruption.kind === "jpeg"
    );
    const corrupted = await stale(withLineIn((path) => path === "lib/data/corruptions/jpeg.ts"));
    assert.deepEqual(names(corrupted.code), names(jpegs));
    assert.deepEqual(names(corrupted.upstream), names(descendants(steps, jpegs)));
  }));

Deno.test("a changed training step or loop makes every training stale, fine-tuning among them", () =>
  withStudy(async ({ steps, stale }) => {
    const { code } = await stale(withLineIn((path) => path === "lib/train/step.ts"));
    const loop = await stale(withLineIn((path) => path === "lib/train/train.ts"));
    assert.deepEqual(names(loop.code), names(code));
    const trainings = steps.filter(({ kind }) => kind === "pretrain" || kind === "finetune");
    assert.deepEqual(names(code), names(trainings));
    assert.deepEqual(kindsOf(code), ["finetune", "pretrain"]);
  }));
