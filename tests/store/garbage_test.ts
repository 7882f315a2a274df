import assert from "node:assert/strict";
import { namesIn } from "@/lib/base/files.ts";
import { wholeFolder } from "@/lib/base/whole_folder.ts";
import { newHolder } from "@/lib/base/holder.ts";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import {
  artifactsIn,
  findGarbage,
  keepParts,
  leaseStep,
  openStore,
  partsHash,
  putArtifact,
  removeGarbage,
  type Roots,
  settleLeases,
  type Store,
} from "@/lib/store/mod.ts";
import { withFolder } from "@/tests/cli/command.ts";

const images = makeStep(
  { kind: "ingest", spec: { dataset: "d", form: "world", pixels: 24 }, needs: {} },
  "images",
) as Step;
const subset = makeStep(
  { kind: "subset", spec: { size: 2, seed: 1 }, needs: { images: images.key } },
  "two",
) as Step;
const other = makeStep(
  { kind: "subset", spec: { size: 3, seed: 1 }, needs: { images: images.key } },
  "three",
) as Step;

/** Code of which the store has a list. */
const parts = { "lib/a.ts": "1" }, otherParts = { "lib/a.ts": "2" };

async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    await keepParts(store, [parts, otherParts]);
    for (const step of [images, subset, other]) {
      await putArtifact(store, step.key, async (place) => {
        await Deno.writeTextFile(`${place}/data`, "some data");
        const needs = Object.entries(step.needs).map(([name, key]) => [name, { key, content: "" }]);
        return {
          ...{ key: step.key, kind: step.kind, spec: step.spec },
          needs: Object.fromEntries(needs),
          code: partsHash(step === other ? otherParts : parts),
          info: step === images ? { train: 4, test: 0, unlabelled: 0, skipped: [] } : { images: 2 },
          made: { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "c" },
        };
      });
    }
    await body(store);
  });
}

async function garbageOf(store: Store, roots: Partial<Roots> = {}) {
  const none = {
    keys: new Set<string>(),
    parts: new Set<string>(),
    memos: new Set<string>(),
    plans: new Set<string>(),
    projects: new Map<string, string>(),
  };
  return await findGarbage(store, await Array.fromAsync(artifactsIn(store)), {
    ...none,
    ...roots,
  });
}

/** Lets what lies in a folder be of so many days ago. */
async function age(path: string, days: number): Promise<void> {
  const then = Date.now() / 1000 - days * 24 * 60 * 60;
  await Deno.utime(path, then, then);
}

const keysOf = (all: readonly { readonly key?: string }[]) => all.map(({ key }) => key);

Deno.test("findGarbage() keeps what is asked for with all that it was made from, and finds the rest with its size", () =>
  withStore(async (store) => {
    const { artifacts, rests, kept } = await garbageOf(store, { keys: new Set([subset.key]) });
    assert.deepEqual(keysOf(artifacts), [other.key]);
    assert.ok(artifacts[0]!.bytes > "some data".length);
    assert.deepEqual([...kept].sort(), [images.key, subset.key].sort());
    assert.deepEqual(rests, []);
    assert.equal((await garbageOf(store)).artifacts.length, 3);
  }));

Deno.test("findGarbage() counts the bytes of a file with several names once, and only if none of them stays", () =>
  withStore(async (store) => {
    const folder = `${store.root}/checkpoints`, [one, two] = ["a".repeat(64), "b".repeat(64)];
    for (const key of [one, two]) await Deno.mkdir(`${folder}/${key}`);
    await Deno.writeTextFile(`${folder}/${one}/own`, "x".repeat(10));
    await Deno.writeTextFile(`${folder}/${one}/shared`, "x".repeat(1000));
    await Deno.link(`${folder}/${one}/shared`, `${folder}/${two}/shared`);
    const freed = async (...kept: readonly string[]) =>
      (await garbageOf(store, { keys: new Set(kept) })).rests
        .reduce((sum, { bytes }) => sum + bytes, 0);
    assert.deepEqual([await freed(), await freed(two!), await freed(one!)], [1010, 10, 0]);
  }));

Deno.test("findGarbage() finds checkpoints of what nobody asks for and of what is done since", () =>
  withStore(async (store) => {
    const folder = `${store.root}/checkpoints`, unknown = "a".repeat(64), begun = "b".repeat(64);
    for (const key of [unknown, begun, subset.key, images.key]) {
      await Deno.mkdir(`${folder}/${key}`);
      await Deno.writeTextFile(`${folder}/${key}.json`, "{}");
    }
    // Left by a worker that was killed once its step was done; of the other it is worked anew.
    for (const name of [subset.key, `${subset.key}.json`]) await age(`${folder}/${name}`, 1);
    await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
    const { rests } = await garbageOf(store, {
      keys: new Set([begun, subset.key, images.key, other.key]),
    });
    assert.deepEqual(new Set(keysOf(rests)), new Set([unknown, subset.key]));
    assert.equal(rests.length, 4);
  }));

Deno.test("findGarbage() finds old memos and lists that nothing names, and what killed processes left", () =>
  withStore(async (store) => {
    const { root } = store, [used, old, fresh] = ["1", "2", "3"].map((name) => name.repeat(64));
    for (const name of [used, old, fresh]) {
      await Deno.writeTextFile(`${root}/memo/${name}.json`, "{}");
    }
    for (const name of [used, old]) await age(`${root}/memo/${name}.json`, 40);
    for (const name of await namesIn(`${root}/parts`)) await age(`${root}/parts/${name}`, 40);
    const left = `${root}/memo/x.json.12.0a1b2c3d.tmp`, now = `${root}/memo/y.json.12.0a1b2c3d.tmp`;
    for (const path of [left, now]) await Deno.writeTextFile(path, "");
    await age(left, 2);
    const { rests } = await garbageOf(store, {
      keys: new Set([subset.key]),
      memos: new Set([`${root}/memo/${used}.json`]),
    });
    assert.deepEqual(rests.map(({ kind, path }) => [kind, path]), [
      ["temporary", left],
      ["memo", `${root}/memo/${old}.json`],
      ["parts", `${root}/parts/${partsHash(otherParts)}.json`],
    ]);
    const todays = new Set([partsHash(otherParts)]);
    const again = await garbageOf(store, { keys: new Set([subset.key]), parts: todays });
    assert.ok(!again.rests.some(({ kind }) => kind === "parts"));
  }));

Deno.test("findGarbage() finds logs and attempts of what nobody asks for, and old plans without workers", () =>
  withStore(async (store) => {
    const { root } = store, [live, old] = ["a".repeat(16), "b".repeat(16)];
    for (const key of [subset.key, other.key]) {
      await Deno.writeTextFile(`${root}/logs/${key}.log`, "warned");
      await Deno.writeTextFile(`${root}/attempts/${key}.json`, "{}");
    }
    for (const id of [live, old, "c".repeat(16)]) await Deno.mkdir(`${root}/plans/${id}`);
    for (const id of [live, old]) await age(`${root}/plans/${id}`, 40);
    const { rests } = await garbageOf(store, {
      keys: new Set([subset.key]),
      plans: new Set([live!]),
    });
    assert.deepEqual(rests.map(({ kind, path }) => [kind, path]), [
      ["log", `${root}/logs/${other.key}.log`],
      ["log", `${root}/attempts/${other.key}.json`],
      ["plan", `${root}/plans/${old}`],
    ]);
  }));

const [usedCode, oldCode] = ["1".repeat(16), "2".repeat(16)];

/** Code of a plan and code of none, each with a Deno and packages of its own; all of it old. */
async function withCode(body: (store: Store, plan: string) => Promise<void>): Promise<void> {
  await withStore(async (store) => {
    const shelf = `${store.root}/code`, plan = "a".repeat(16);
    for (const [code, name] of [[usedCode, "1"], [oldCode, "2"]] as const) {
      for (const folder of [code, `deno-${name}`, `packages-${name}`]) {
        await Deno.mkdir(`${shelf}/${folder}`, { recursive: true });
      }
      await Deno.symlink(`../deno-${name}/deno`, `${shelf}/${code}/deno`);
      await Deno.symlink(`../packages-${name}`, `${shelf}/${code}/npm`);
    }
    await Deno.mkdir(`${shelf}/libraries/tensorflow`, { recursive: true });
    await Deno.writeTextFile(`${shelf}/notes.txt`, "mine");
    for (const name of await namesIn(shelf)) await age(`${shelf}/${name}`, 2);
    await age(`${shelf}/libraries/tensorflow`, 2);
    await Deno.mkdir(`${store.root}/plans/${plan}`);
    await body(store, plan);
  });
}

const codeIn = async (store: Store, roots: Partial<Roots>) =>
  (await garbageOf(store, roots)).rests.filter(({ kind }) => kind === "code")
    .map(({ path }) => path.slice(`${store.root}/code/`.length)).sort();

Deno.test("findGarbage() finds code that no plan names, with what it alone runs with, and none while a plan cannot be read", () =>
  withCode(async (store, plan) => {
    const projects = new Map([[plan, `/elsewhere/store/code/${usedCode}`]]);
    assert.deepEqual(await codeIn(store, { projects }), [oldCode, "deno-2", "packages-2"]);
    assert.deepEqual(await codeIn(store, {}), []);
    // A plan that goes names none either.
    await age(`${store.root}/plans/${plan}`, 40);
    assert.deepEqual(await codeIn(store, { projects }), [
      ...[usedCode, oldCode, "deno-1", "deno-2"],
      ...["libraries/tensorflow", "packages-1", "packages-2"],
    ]);
    assert.equal((await codeIn(store, { projects, plans: new Set([plan]) })).length, 3);
  }));

Deno.test("removeGarbage() removes code, but not what is wanted since or once it is not to go on", () =>
  withCode(async (store, plan) => {
    const shelf = `${store.root}/code`, left = async () => (await namesIn(shelf)).sort();
    const all = await left();
    const keys = new Set([subset.key, other.key]);
    const projects = new Map([[plan, `${shelf}/${usedCode}`]]);
    const garbage = await garbageOf(store, { keys, projects });
    await removeGarbage(store, garbage, () => Promise.resolve(false));
    assert.deepEqual(await left(), all);
    await wholeFolder(`${shelf}/packages-2`, () => assert.fail("it is there"));
    await removeGarbage(store, garbage);
    assert.deepEqual(await left(), all.filter((name) => ![oldCode, "deno-2"].includes(name)));
  }));

Deno.test("removeGarbage() removes what was found and nothing that somebody holds", () =>
  withStore(async (store) => {
    const lease = await leaseStep(store, other.key);
    const garbage = await garbageOf(store, { keys: new Set([images.key]) });
    assert.deepEqual(new Set(keysOf(garbage.artifacts)), new Set([subset.key, other.key]));
    assert.deepEqual(await removeGarbage(store, garbage), [other.key]);
    const left = await Array.fromAsync(artifactsIn(store));
    assert.deepEqual(new Set(keysOf(left)), new Set([images.key, other.key]));
    assert.deepEqual(await namesIn(`${store.root}/tmp`), []);
    assert.deepEqual(await namesIn(`${store.root}/claims`), [`${other.key}.json`]);
    await lease!.release();
  }));

Deno.test("removeGarbage() leaves all once it is not to go on", () =>
  withStore(async (store) => {
    let asked = 0;
    const goesOn = () => Promise.resolve(asked++ === 0);
    const stayed = await removeGarbage(store, await garbageOf(store), goesOn);
    assert.equal(stayed.length, 2);
    const left = await Array.fromAsync(artifactsIn(store));
    assert.deepEqual(new Set(keysOf(left)), new Set(stayed));
  }));

Deno.test("settleLeases() takes away the leases of the dead where it may, and tells the others", () =>
  withStore(async (store) => {
    const lease = await leaseStep(store, subset.key);
    const dead = JSON.stringify({ ...newHolder(), pid: 2 ** 22 + 1 });
    await Deno.writeTextFile(`${store.root}/claims/${other.key}.json`, dead);
    const both = [subset.key, other.key].sort();
    assert.deepEqual((await settleLeases(store, { remove: false })).toSorted(), both);
    assert.deepEqual(await settleLeases(store, { remove: true }), [subset.key]);
    assert.deepEqual(await namesIn(`${store.root}/claims`), [`${subset.key}.json`]);
    await lease!.release();
  }));
