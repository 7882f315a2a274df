import assert from "node:assert/strict";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import {
  artifactFolder,
  claimStep,
  findArtifact,
  type Manifest,
  openStore,
  putArtifact,
  statusOf,
  type StatusOptions,
  type Store,
  sweepTemporary,
} from "@/lib/store/mod.ts";

const images = makeStep({ kind: "ingest", spec: { pixels: 32 }, needs: {} }, "images");
const subset = makeStep(
  { kind: "subset", spec: { size: 2 }, needs: { images: images.key } },
  "two",
);
const sheet = makeStep({ kind: "sheet", spec: {}, needs: { images: images.key } }, "sheet");
const steps = [images, subset, sheet];

const code: StatusOptions["code"] = {
  ingest: "i",
  sheet: "s",
  subset: "u",
  corrupt: "o",
  pretrain: "p",
  features: "f",
  probe: "b",
  finetune: "n",
  score: "c",
  classes: "c",
  views: "view code",
  neighbours: "neighbour code",
};

async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(await openStore(`${folder}/store`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Puts an artifact of a step with one file of this text. */
async function make(store: Store, step: Step, text: string): Promise<Manifest> {
  const needs: Record<string, { key: string; content: string }> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const found = await findArtifact(store, key);
    assert.ok(found.state === "cached");
    needs[name] = { key, content: found.manifest.content };
  }
  return await putArtifact(store, step.key, async (folder) => {
    await Deno.writeTextFile(`${folder}/data`, text);
    await Deno.writeTextFile(`${folder}/more`, `${text} and more`);
    const made = { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "c" };
    return {
      key: step.key,
      kind: step.kind,
      spec: step.spec,
      needs,
      code: code[step.kind],
      info: {},
      made,
    };
  });
}

async function freshness(store: Store, options: Partial<StatusOptions> = {}): Promise<string[]> {
  const status = await statusOf(steps, store, { code, ...options });
  return steps.map((step) => status.get(step.key)!.freshness);
}

Deno.test("putArtifact() makes an artifact that findArtifact() verifies", () =>
  withStore(async (store) => {
    assert.equal((await findArtifact(store, images.key)).state, "missing");
    const manifest = await make(store, images, "x");
    assert.deepEqual(await findArtifact(store, images.key), { state: "cached", manifest });
    assert.equal(manifest.files.data!.bytes, 1);
  }));

Deno.test("putArtifact() leaves nothing when its work throws", () =>
  withStore(async (store) => {
    await assert.rejects(
      putArtifact(store, images.key, async (folder) => {
        await Deno.writeTextFile(`${folder}/data`, "half");
        throw new Error("stopped");
      }),
      /stopped/,
    );
    assert.equal((await findArtifact(store, images.key)).state, "missing");
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/tmp`)), []);
  }));

Deno.test("findArtifact() notices any flipped bit in any file of an artifact", () =>
  withStore(async (store) => {
    await make(store, images, "some data");
    const folder = artifactFolder(store, images.key);
    let flips = 0;
    for await (const { name } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      const bytes = await Deno.readFile(path);
      for (let i = 0; i < bytes.length; i++) {
        const flipped = bytes.slice();
        flipped[i]! ^= 1 << (i % 8);
        await Deno.writeFile(path, flipped);
        const { state } = await findArtifact(store, images.key);
        assert.equal(state, "corrupt", `${name} byte ${i}`);
        flips++;
      }
      await Deno.writeFile(path, bytes);
    }
    assert.ok(flips > 400, `${flips} flips`);
    assert.equal((await findArtifact(store, images.key)).state, "cached");
  }));

Deno.test("findArtifact() notices a file that is cut, gone, or of another step", () =>
  withStore(async (store) => {
    await make(store, images, "some data");
    const folder = artifactFolder(store, images.key);
    await Deno.writeTextFile(`${folder}/data`, "some");
    assert.deepEqual(await findArtifact(store, images.key), {
      state: "corrupt",
      problem: "data has 4 bytes, not 9",
    });
    await Deno.remove(`${folder}/data`);
    assert.equal((await findArtifact(store, images.key)).state, "corrupt");
    await make(store, images, "some data");
    await make(store, subset, "x");
    await Deno.copyFile(
      `${artifactFolder(store, subset.key)}/manifest.json`,
      `${folder}/manifest.json`,
    );
    const found = await findArtifact(store, images.key);
    assert.ok(found.state === "corrupt" && found.problem.includes("of another step"));
  }));

Deno.test("statusOf() gives the reason why each step is to be worked", () =>
  withStore(async (store) => {
    assert.deepEqual(await freshness(store), ["missing", "missing", "missing"]);
    await make(store, images, "x");
    await make(store, subset, "y");
    assert.deepEqual(await freshness(store), ["cached", "cached", "missing"]);
    const other = { code: { ...code, subset: "changed" } };
    assert.deepEqual(await freshness(store, other), ["cached", "code changed", "missing"]);
    assert.deepEqual(await freshness(store, { ...other, trustCode: true }), [
      "cached",
      "cached",
      "missing",
    ]);
    await Deno.writeTextFile(`${artifactFolder(store, images.key)}/data`, "z");
    assert.deepEqual(await freshness(store), ["corrupt", "upstream", "missing"]);
  }));

Deno.test("statusOf() keeps a step whose input was made again with the same content, and no other", () =>
  withStore(async (store) => {
    await make(store, images, "x");
    await make(store, subset, "y");
    await make(store, images, "x");
    assert.equal((await freshness(store))[1], "cached");
    await make(store, images, "another");
    const status = await statusOf(steps, store, { code });
    const { freshness: stale, detail, made } = status.get(subset.key)!;
    assert.equal(stale, "upstream");
    assert.equal(detail, "images has other content than it was made from");
    assert.equal(made?.seconds, 1, "what it took is known of an artifact that is not fresh");
  }));

Deno.test("claimStep() gives a step to one of many, and again after release", () =>
  withStore(async (store) => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimStep(store, "k")));
    const held = claims.filter((claim) => claim !== null);
    assert.equal(held.length, 1);
    await held[0]!.release();
    const again = await claimStep(store, "k");
    assert.ok(again);
    await again.release();
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/claims`)), []);
  }));

Deno.test("claimStep() takes over from a dead process and from a host that fell silent", () =>
  withStore(async (store) => {
    const dead = new Deno.Command("true").spawn();
    await dead.status;
    const path = `${store.root}/claims/k.json`;
    const holder = { host: Deno.hostname(), pid: dead.pid, nonce: "n" };
    await Deno.writeTextFile(path, JSON.stringify(holder));
    const first = await claimStep(store, "k");
    assert.ok(first, "the dead process's claim");
    await first.release();

    await Deno.writeTextFile(path, JSON.stringify({ ...holder, host: "elsewhere" }));
    assert.equal(await claimStep(store, "k"), null, "another host with a fresh heartbeat");
    // Many times over, because two takers at once are a matter of luck.
    for (let round = 0; round < 50; round++) {
      await Deno.writeTextFile(path, JSON.stringify({ ...holder, host: "elsewhere" }));
      const past = new Date(Date.now() - 120_000);
      await Deno.utime(path, past, past);
      const claims = await Promise.all(Array.from({ length: 8 }, () => claimStep(store, "k")));
      const held = claims.filter((claim) => claim !== null);
      assert.equal(held.length, 1, `one of several takers, round ${round}`);
      await held[0]!.release();
    }
  }));

Deno.test("sweepTemporary() removes what is old and keeps what is under way", () =>
  withStore(async (store) => {
    await Deno.mkdir(`${store.root}/tmp/old`);
    await Deno.mkdir(`${store.root}/tmp/new`);
    const past = new Date(Date.now() - 3 * 86_400_000);
    await Deno.utime(`${store.root}/tmp/old`, past, past);
    await sweepTemporary(store);
    const names = (await Array.fromAsync(Deno.readDir(`${store.root}/tmp`))).map(({ name }) =>
      name
    );
    assert.deepEqual(names, ["new"]);
  }));

Deno.test("openStore() refuses a folder that it cannot use, naming it and the remedy", () =>
  withStore(async (store) => {
    await Deno.writeTextFile(`${store.root}/format.json`, '{"format":0}\n');
    await assert.rejects(openStore(store.root), {
      name: "InputError",
      message:
        `Store ${store.root}: its layout is {"format":0}, not {"format":1}. Choose another folder with --store`,
    });
    await assert.rejects(openStore(`${store.root}/format.json/x`), /Choose another folder/);
  }));
