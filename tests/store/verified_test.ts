import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import { makeStep } from "@/lib/plan/mod.ts";
import {
  artifactFolder,
  findArtifact,
  findHead,
  openStore,
  putArtifact,
  statusOf,
  writeManifest,
} from "@/lib/store/mod.ts";
import type { Manifest, Store } from "@/lib/store/mod.ts";
import { verifiedOnce } from "@/lib/store/verified.ts";

const step = makeStep(
  { kind: "subset", spec: { size: 2, seed: 1 }, needs: { images: "i" } },
  "images",
);

interface Stored {
  readonly store: Store;
  readonly folder: string;
  readonly manifest: Manifest;
  /** How often every byte is read when another process, which knows the store's notes alone, looks so many times. */
  readonly readsOf: (looks: number) => Promise<number>;
}

/** A store with one artifact. */
async function withArtifact(body: (stored: Stored) => Promise<void>): Promise<void> {
  const place = await Deno.makeTempDir();
  try {
    const store = await openStore(`${place}/store`);
    const manifest = await putArtifact(store, step.key, async (out) => {
      await Deno.writeTextFile(`${out}/data`, "some data");
      const made = { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "c" };
      const { key, kind, spec } = step;
      return { key, kind, spec, needs: {}, code: "code", info: { images: 2 }, made };
    });
    const folder = artifactFolder(store, step.key);
    let processes = 0;
    const readsOf = async (looks: number) => {
      // Another name for the same folder.
      const root = `${store.root}/${"./".repeat(++processes)}`;
      let reads = 0;
      for (let i = 0; i < looks; i++) {
        await verifiedOnce(root, { manifest, folder }, () => {
          reads++;
          return Promise.resolve(undefined);
        });
      }
      return reads;
    };
    await body({ store, folder, manifest, readsOf });
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

/** Lets a test's clock run ahead of the files' by so many milliseconds. */
async function ahead(milliseconds: number, body: () => Promise<void>): Promise<void> {
  const { now } = Date;
  Date.now = () => now() + milliseconds;
  try {
    await body();
  } finally {
    Date.now = now;
  }
}

Deno.test("an artifact's bytes are read at every look until nobody can have changed them unseen, and then once", () =>
  withArtifact(async ({ readsOf }) => {
    assert.equal(await readsOf(2), 2);
    await ahead(10_000, async () => assert.equal(await readsOf(3), 1));
    // By another process too.
    assert.equal(await readsOf(2), 0);
  }));

Deno.test("an artifact whose files look otherwise is read again", () =>
  withArtifact(async ({ folder, readsOf }) => {
    await ahead(10_000, async () => assert.equal(await readsOf(1), 1));
    const text = await Deno.readTextFile(`${folder}/data`);
    await Deno.utime(`${folder}/data`, 1, 1);
    assert.equal(await readsOf(1), 1);
    await Deno.remove(`${folder}/data`);
    await Deno.writeTextFile(`${folder}/data`, text);
    assert.equal(await readsOf(1), 1);
  }));

Deno.test("findArtifact() and findHead() give the same of what was verified, and notice what was changed since", () =>
  withArtifact(async ({ store, folder, manifest }) => {
    await ahead(10_000, async () => {
      assert.deepEqual(await findArtifact(store, step.key), { state: "cached", manifest });
    });
    const { spec: _, info: __, ...head } = manifest;
    assert.deepEqual(await findHead(store, step.key), { state: "cached", manifest: head });
    assert.deepEqual(await findArtifact(store, step.key), { state: "cached", manifest });
    await Deno.writeTextFile(`${folder}/data`, "SOME data");
    for (const find of [findHead, findArtifact]) {
      assert.equal((await find(store, step.key)).state, "corrupt");
    }
    await Deno.remove(folder, { recursive: true });
    for (const find of [findHead, findArtifact]) {
      assert.equal((await find(store, step.key)).state, "missing");
    }
  }));

Deno.test("findArtifact() reads of an artifact the files alone that it is asked for", () =>
  withArtifact(async ({ store, folder, manifest }) => {
    await Deno.writeTextFile(`${folder}/data`, "SOME data");
    const cached = { state: "cached", manifest };
    assert.deepEqual(await findArtifact(store, step.key, ["another"]), cached);
    const found = await findArtifact(store, step.key, ["another", "data"]);
    assert.deepEqual(found, {
      state: "corrupt",
      problem: "data does not have the bytes it was written with",
    });
    // What was not read was not noted as whole.
    assert.equal((await findHead(store, step.key)).state, "corrupt");
  }));

Deno.test("notes that are cut, mixed or changed count as absent", () =>
  withArtifact(async ({ store, readsOf }) => {
    await ahead(10_000, async () => assert.equal(await readsOf(1), 1));
    const path = `${store.root}/memo/verified.log`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, `${text}\n${text.slice(0, 100)}${text}`);
    assert.equal(await readsOf(1), 0);
    await Deno.writeTextFile(path, text.replace('"code":"code"', '"code":"mode"'));
    assert.equal(await readsOf(1), 1);
    await Deno.writeTextFile(path, text.slice(0, -5));
    assert.equal(await readsOf(1), 1);
  }));

Deno.test("notes of which most are out of date are written anew, one for each artifact that is there", () =>
  withArtifact(async ({ store, folder, readsOf }) => {
    const path = `${store.root}/memo/verified.log`;
    const linesIn = async () => (await Deno.readTextFile(path)).trim().split("\n").length;
    await ahead(10_000, async () => assert.equal(await readsOf(1), 1));
    const line = await Deno.readTextFile(path);
    const { stamps, head } = JSON.parse(line.slice(line.indexOf("{")));
    const gone = JSON.stringify({ stamps, head: { ...head, key: "0".repeat(64) } });
    await Deno.writeTextFile(path, `${line}\n${sha256(gone)} ${gone}`.repeat(10));
    assert.equal(await readsOf(1), 0);
    assert.equal(await linesIn(), 20, "who only reads writes nothing");
    await Deno.utime(`${folder}/data`, 1, 1);
    await ahead(10_000, async () => assert.equal(await readsOf(1), 1));
    assert.equal(await linesIn(), 1);
    assert.equal(await readsOf(1), 0);
    assert.deepEqual(
      (await Array.fromAsync(Deno.readDir(`${store.root}/memo`))).map(({ name }) => name),
      ["verified.log"],
    );
  }));

Deno.test("statusOf() that trusts other code reads what that code has told, whose form may be another", () =>
  withArtifact(async ({ store, folder, manifest }) => {
    const older = { ...manifest, info: { images: "two" } } as unknown as Manifest;
    await writeManifest(folder, older);
    // As the older code noted it.
    await ahead(10_000, async () => {
      const verify = () => Promise.resolve(undefined);
      await verifiedOnce(store.root, { manifest: older, folder }, verify);
    });
    const found = await statusOf([step], store, { code: () => "other code", trustCode: true });
    const { freshness, detail } = found.get(step.key)!;
    assert.equal(freshness, "corrupt");
    assert.match(detail, /does not tell what a subset step tells: images/);
  }));
