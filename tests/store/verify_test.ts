import assert from "node:assert/strict";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import {
  artifactFolder,
  findHead,
  openStore,
  putArtifact,
  readStanding,
  type Store,
  verifyStore,
} from "@/lib/store/mod.ts";
import { verifiedOnce } from "@/lib/store/verified.ts";
import { withFolder } from "@/tests/cli/command.ts";

const steps = [1, 2, 3, 4, 5].map((seed) =>
  makeStep(
    { kind: "subset", spec: { size: 2, seed }, needs: { images: "i" } },
    `seed ${seed}`,
  ) as Step
);

/** A store with an artifact of each step. */
async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    for (const { key, spec } of steps) {
      await putArtifact<"subset">(store, key, async (place) => {
        await Deno.writeTextFile(`${place}/data`, `data of ${key}`);
        const made = { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "c" };
        return { key, kind: "subset", spec, needs: {}, code: "", info: { images: 2 }, made };
      });
    }
    await body(store);
  });
}

Deno.test("verifyStore() reads every artifact and finds whole what is whole", () =>
  withStore(async (store) => {
    const told: number[][] = [];
    const { artifacts, bytes, damaged } = await verifyStore(
      store,
      (...progress) => told.push(progress),
    );
    assert.deepEqual([artifacts, damaged], [5, []]);
    assert.equal(bytes, 5 * (64 + "data of ".length));
    assert.deepEqual(told.map(([done, all]) => [done, all]), [1, 2, 3, 4, 5].map((n) => [n, 5]));
    assert.equal(told.at(-1)![2], bytes);
  }));

Deno.test("verifyStore() names a flipped bit, a cut file and a manifest that is gone", () =>
  withStore(async (store) => {
    const [flipped, cut, gone] = steps.map(({ key }) => artifactFolder(store, key));
    await Deno.writeTextFile(`${flipped}/data`, `data oF ${steps[0]!.key}`);
    await Deno.truncate(`${cut}/data`, 3);
    await Deno.remove(`${gone}/manifest.json`);
    // What a network file system is asked anew with, for a moment.
    const empty = "e".repeat(64);
    await Deno.mkdir(artifactFolder(store, empty), { recursive: true });
    const { damaged } = await verifyStore(store);
    const problems = new Map(damaged.map(({ key, problem }) => [key, problem]));
    assert.equal(problems.size, 3);
    assert.equal(problems.get(steps[0]!.key), "data does not have the bytes it was written with");
    assert.equal(problems.get(steps[1]!.key), "data has 3 bytes, not 72");
    assert.match(problems.get(steps[2]!.key)!, /^manifest\.json cannot be read \(/);
    const [first] = damaged.filter(({ key }) => key === steps[0]!.key);
    assert.deepEqual([first!.kind, first!.made!.command], ["subset", "c"]);
  }));

Deno.test("verifyStore() makes known what a disk changed in silence, of which a file's times tell nothing", () =>
  withStore(async (store) => {
    const [{ key }] = steps as [Step];
    const folder = artifactFolder(store, key);
    await Deno.writeTextFile(`${folder}/data`, `data oF ${key}`);
    const { manifest } = (await readStanding(store, key))!;
    assert.ok(typeof manifest === "object");
    const { now } = Date;
    try {
      // Noted as whole with the times that the damaged file has.
      Date.now = () => now() + 10_000;
      await verifiedOnce(store.root, { manifest, folder }, () => Promise.resolve(undefined));
    } finally {
      Date.now = now;
    }
    assert.equal((await findHead(store, key)).state, "cached");
    assert.equal((await verifyStore(store)).damaged.length, 1);
    assert.equal((await findHead(store, key)).state, "corrupt");
    // To another process too, which knows what is written down alone.
    assert.equal((await findHead({ root: `${store.root}/.` }, key)).state, "corrupt");
  }));

Deno.test("verifyStore() finds nothing in a store that is not there", () =>
  withFolder(async (folder) => {
    const { artifacts, damaged } = await verifyStore({ root: `${folder}/none` });
    assert.deepEqual([artifacts, damaged], [0, []]);
  }));
