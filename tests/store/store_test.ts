import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { homedir } from "node:os";
import { type Holder, newHolder } from "@/lib/base/holder.ts";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import {
  artifactFolder,
  findArtifact,
  findStore,
  leaseStep,
  makeJudge,
  type Manifest,
  openStore,
  putArtifact,
  seeAnew,
  statusOf,
  type StatusOptions,
  type Store,
  sweepTemporary,
  watchSteps,
} from "@/lib/store/mod.ts";

const images = makeStep(
  { kind: "ingest", spec: { dataset: "d", form: "image-folder", pixels: 32 }, needs: {} },
  "images",
);
const subset = makeStep(
  { kind: "subset", spec: { size: 2, seed: 1 }, needs: { images: images.key } },
  "two",
);
const sheet = makeStep(
  { kind: "sheet", spec: { rows: 1, columns: 2 }, needs: { images: images.key } },
  "sheet",
);
const steps: readonly Step[] = [images, subset, sheet];

const code: StatusOptions["code"] = ({ kind }) => `code of ${kind}`;

/** What the work of each of these steps tells. */
function infoOf({ kind }: Step): Manifest["info"] {
  if (kind === "ingest") return { train: 4, test: 0, unlabelled: 0, skipped: [] };
  return kind === "subset" ? { images: 2 } : { sheets: [] };
}

async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(await openStore(`${folder}/store`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Puts an artifact of a step with one file of this text. */
async function make(
  store: Store,
  step: Step,
  text: string,
  { info = infoOf(step), ...options }: {
    readonly info?: Manifest["info"];
    readonly guard?: () => Promise<void>;
  } = {},
): Promise<Manifest> {
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
      spec: { ...step.spec },
      needs,
      code: code(step),
      info,
      made,
    };
  }, options);
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

Deno.test("findArtifact() takes an artifact that does not tell what its kind tells for none of today's", () =>
  withStore(async (store) => {
    const info = { images: "two" } as unknown as Manifest["info"];
    await make(store, images, "x");
    await make(store, subset, "y", { info });
    assert.deepEqual(await findArtifact(store, subset.key), {
      state: "corrupt",
      problem:
        "manifest.json does not tell what a subset step tells: images: Invalid input: expected number, received string",
    });
  }));

Deno.test("statusOf() gives the reason why each step is to be worked", () =>
  withStore(async (store) => {
    assert.deepEqual(await freshness(store), ["missing", "missing", "missing"]);
    await make(store, images, "x");
    await make(store, subset, "y");
    assert.deepEqual(await freshness(store), ["cached", "cached", "missing"]);
    const other = {
      code: (step: Step) => step.kind === "subset" ? "changed" : code(step),
    };
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
    assert.equal(detail, "images has changed since this was made from it");
    assert.equal(made?.seconds, 1, "what it took is known of an artifact that is not fresh");
  }));

Deno.test("leaseStep() gives a step to one of many, and again after release", () =>
  withStore(async (store) => {
    const leases = await Promise.all(Array.from({ length: 10 }, () => leaseStep(store, "k")));
    const held = leases.filter((lease) => lease !== null);
    assert.equal(held.length, 1);
    await held[0]!.release();
    const again = await leaseStep(store, "k");
    assert.ok(again);
    await again.release();
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/claims`)), []);
  }));

Deno.test("leaseStep() takes over from a dead process and from a host that fell silent", () =>
  withStore(async (store) => {
    const dead = new Deno.Command("true").spawn();
    await dead.status;
    const path = `${store.root}/claims/k.json`;
    const holder = { ...newHolder(), pid: dead.pid };
    await Deno.writeTextFile(path, JSON.stringify(holder));
    const first = await leaseStep(store, "k");
    assert.ok(first, "the dead process's lease");
    await first.release();

    // Many times over, because two takers at once are a matter of luck.
    let now = 0;
    const watch = watchSteps(store, { now: () => now });
    for (let round = 0; round < 50; round++) {
      const elsewhere = JSON.stringify({ ...holder, host: "elsewhere", nonce: `${round}` });
      await Deno.writeTextFile(path, elsewhere);
      assert.equal(await leaseStep(store, "k", watch), null, "another host");
      now += 121_000;
      const leases = await Promise.all(
        Array.from({ length: 8 }, () => leaseStep(store, "k", watch)),
      );
      const held = leases.filter((lease) => lease !== null);
      assert.equal(held.length, 1, `one of several takers, round ${round}`);
      await held[0]!.release();
    }
  }));

Deno.test("putArtifact() publishes nothing where its guard throws", () =>
  withStore(async (store) => {
    const guard = () => Promise.reject(new Error("lost"));
    await assert.rejects(make(store, images, "x", { guard }), /lost/);
    assert.equal((await findArtifact(store, images.key)).state, "missing");
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/tmp`)), []);
  }));

Deno.test("putArtifact() leaves what somebody else has published since it began, and replaces what stood there before", () =>
  withStore(async (store) => {
    const old = await make(store, images, "old");
    const other = await make(store, images, "mine", {
      guard: async () => void await make(store, images, "other's"),
    });
    assert.notEqual(other.content, old.content);
    assert.deepEqual(await findArtifact(store, images.key), { state: "cached", manifest: other });
    const mine = await make(store, images, "mine");
    assert.notEqual(mine.content, other.content);
    assert.deepEqual(await findArtifact(store, images.key), { state: "cached", manifest: mine });
  }));

Deno.test("seeAnew() leaves an artifact as it is, and nothing where there is none", () =>
  withStore(async (store) => {
    await seeAnew(store, images.key);
    assert.equal((await findArtifact(store, images.key)).state, "missing");
    const manifest = await make(store, images, "x");
    await seeAnew(store, images.key);
    assert.deepEqual(await findArtifact(store, images.key), { state: "cached", manifest });
  }));

Deno.test("makeJudge() judges a step by how things are now", () =>
  withStore(async (store) => {
    const { judge } = makeJudge(steps, store, { code });
    const freshness = async (step: Step) => (await judge(step)).freshness;
    assert.equal(await freshness(subset), "missing");
    await make(store, images, "x");
    await make(store, subset, "y");
    assert.deepEqual([await freshness(subset), await freshness(images)], ["cached", "cached"]);
    const forced = new Set([images.key]);
    const other = makeJudge(steps, store, { code, forced });
    assert.equal((await other.judge(images)).freshness, "forced");
    assert.equal((await other.judge(subset)).freshness, "upstream");
    forced.clear();
    assert.equal((await other.judge(subset)).freshness, "cached");
  }));

/** Leaves in a store what a process leaves that is killed while it works a step, as old as this, in milliseconds. */
async function leaveUnderWay(store: Store, step: Step, age: number): Promise<string> {
  let left = "";
  await putArtifact(store, step.key, async (folder) => {
    const way = folder.slice(0, folder.lastIndexOf("/"));
    left = way.replace(/[0-9a-f]{12}$/, "0".repeat(12));
    await Deno.mkdir(left);
    await Deno.copyFile(`${way}/under-way.json`, `${left}/under-way.json`);
    await Deno.mkdir(`${left}/artifact`);
    throw new Error("killed");
  }).catch(() => {});
  await setAge(left, age);
  return left.slice(left.lastIndexOf("/") + 1);
}

async function setAge(path: string, age: number): Promise<void> {
  const then = new Date(Date.now() - age);
  await Deno.utime(path, then, then);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

const day = 86_400_000;

Deno.test("sweepTemporary() removes what was left under way, by a clock that is far ahead too, and keeps what is young or held", () =>
  withStore(async (store) => {
    await leaveUnderWay(store, images, 3 * day);
    await leaveUnderWay(store, sheet, -3 * day);
    const worked = await leaveUnderWay(store, subset, 3 * day);
    const lease = await leaseStep(store, subset.key);
    const young = await leaveUnderWay(store, images, 0);
    assert.equal((await namesIn(`${store.root}/tmp`)).length, 4);
    await sweepTemporary(store);
    assert.deepEqual(await namesIn(`${store.root}/tmp`), [worked, young].sort());
    await lease!.release();
    await sweepTemporary(store);
    assert.deepEqual(await namesIn(`${store.root}/tmp`), [young]);
  }));

Deno.test("sweepTemporary() removes at once what a process of this machine left that is gone, and nothing of one elsewhere", () =>
  withStore(async (store) => {
    const mark = async (name: string, by: Partial<Holder>) => {
      const path = `${store.root}/tmp/${name}/under-way.json`;
      const told = JSON.parse(await Deno.readTextFile(path));
      assert.equal(told.by.pid, Deno.pid);
      await Deno.writeTextFile(path, JSON.stringify({ ...told, by: { ...told.by, ...by } }));
    };
    const [gone, elsewhere] = [await leaveUnderWay(store, images, 0), `${images.key}-${uuid}`];
    const tmp = `${store.root}/tmp`;
    await cp(`${tmp}/${gone}`, `${tmp}/${elsewhere}`, { recursive: true });
    await mark(gone, { pid: noProcess });
    await mark(elsewhere, { pid: noProcess, space: "another boot" });
    const living = await leaveUnderWay(store, sheet, 0);
    await sweepTemporary(store);
    assert.deepEqual(await namesIn(tmp), [elsewhere, living].sort());
  }));

const uuid = "1".repeat(8) + "-1111-1111-1111-" + "1".repeat(12);
// Beyond what systems number processes with.
const noProcess = 2 ** 30;

Deno.test("sweepTemporary() keeps what does not bear the store's mark, however old and whatever its name", () =>
  withStore(async (store) => {
    const tmp = `${store.root}/tmp`;
    const names = [
      "thesis",
      `${images.key.slice(0, 12)}-1a2b3c`,
      `old-${crypto.randomUUID()}`,
      `${images.key}-${crypto.randomUUID()}`,
    ];
    for (const name of names) {
      await Deno.mkdir(`${tmp}/${name}`);
      await Deno.writeTextFile(`${tmp}/${name}/chapter.tex`, "two years of work");
      await setAge(`${tmp}/${name}`, 3 * day);
    }
    await Deno.writeTextFile(`${tmp}/notes.txt`, "mine");
    await setAge(`${tmp}/notes.txt`, 3 * day);
    await sweepTemporary(store);
    assert.deepEqual(await namesIn(tmp), [...names, "notes.txt"].sort());
    for (const name of names) await Deno.stat(`${tmp}/${name}/chapter.tex`);
  }));

Deno.test("openStore() takes a folder that is new or empty or a store, for many processes at once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (let round = 0; round < 20; round++) {
      const place = `${folder}/${round}/store`;
      const found = await Promise.all(Array.from({ length: 8 }, () => openStore(place)));
      for (const { root, made } of found) {
        assert.deepEqual([root, made], [await Deno.realPath(place), true]);
      }
      assert.deepEqual(await namesIn(`${place}/tmp`), []);
    }
    // What a process leaves that is killed in the first moment.
    const left = ["format.json.123.0a1b2c3d.tmp", `.when-contrastive-${crypto.randomUUID()}`];
    for (const [i, name] of left.entries()) {
      await Deno.mkdir(`${folder}/begun-${i}`);
      await Deno.writeTextFile(`${folder}/begun-${i}/${name}`, "");
      assert.equal((await openStore(`${folder}/begun-${i}`)).made, true);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("findStore() makes nothing, whether a store is there or not", () =>
  withStore(async (store) => {
    const before = await namesIn(store.root);
    assert.deepEqual(await findStore(store.root), { root: store.root, made: true });
    assert.deepEqual(await namesIn(store.root), before);
    const place = `${store.root}/../not/yet`;
    assert.equal((await findStore(place)).made, false);
    await assert.rejects(Deno.stat(place), Deno.errors.NotFound);
    assert.deepEqual(await freshness(await findStore(place)), ["missing", "missing", "missing"]);
  }));

Deno.test("findStore() and openStore() refuse a folder of somebody else's, saying what is in it, and leave it as it is", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/tmp/thesis`, { recursive: true });
    await Deno.mkdir(`${folder}/artifacts`);
    await Deno.writeTextFile(`${folder}/file`, "");
    const problem = `Store ${folder}: it holds artifacts, file, tmp but no format.json of a store`;
    for (const open of [findStore, openStore]) {
      await assert.rejects(
        open(folder),
        ({ name, message }) => name === "InputError" && message.startsWith(problem),
      );
      await assert.rejects(open(`${folder}/file`), /file is a file\)\. Choose another folder/);
      await assert.rejects(open(`${folder}/file/x`), /file is a file\)\. Choose another folder/);
    }
    assert.deepEqual(await namesIn(folder), ["artifacts", "file", "tmp"]);
    await Deno.writeTextFile(`${folder}/format.json`, '{"semi": false}\n');
    await assert.rejects(openStore(folder), /its format\.json is not that of a store/);
    assert.deepEqual(await namesIn(folder), ["artifacts", "file", "format.json", "tmp"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("findStore() and openStore() refuse names that can only be slips", async () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ["", /the name of its folder is empty/],
    [" ", /the name of its folder is empty/],
    ["/", /is the root of the file system/],
    ["/tmp/..", /is the root of the file system/],
    [homedir(), /is the home folder/],
    ["~/x", /was not replaced by the shell\. Write the whole path, or \.\/~\/x/],
  ];
  for (const open of [findStore, openStore]) {
    for (const [folder, message] of refused) await assert.rejects(open(folder), message);
  }
});

Deno.test("openStore() refuses a folder that it cannot use, naming it and the remedy", () =>
  withStore(async (store) => {
    await assert.rejects(openStore(`${store.root}/format.json/x`), /Choose another folder/);
  }));

Deno.test("findStore() and openStore() refuse a store of an older form, with what to do, and leave it as it is", () =>
  withStore(async (store) => {
    await make(store, images, "x");
    await Deno.writeTextFile(`${store.root}/format.json`, '{"format":0}\n');
    const before = await namesIn(store.root);
    for (const open of [findStore, openStore]) {
      await assert.rejects(open(store.root), {
        name: "InputError",
        message:
          `Store ${store.root}: its format is 0, and this version reads and writes format 1. ` +
          "Choose another folder with --store, or move this one away: its steps are then run again",
      });
    }
    assert.deepEqual(await namesIn(store.root), before);
  }));
