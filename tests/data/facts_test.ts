import assert from "node:assert/strict";
import { domainFacts } from "@/lib/data/facts.ts";
import { partsHash } from "@/lib/store/mod.ts";
import { worldTree, worldVersion } from "@/lib/worlds/mod.ts";
import {
  imageFiles,
  inputError,
  inTempDir,
  noiseJpeg,
  reversed,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const world = { train: 30, test: 10, seed: 1 };

/** Names of the memo's files with their times, so that a write shows. */
async function memoState(memo: string): Promise<string[]> {
  const state: string[] = [];
  for await (const { name } of Deno.readDir(memo)) {
    state.push(`${name} ${(await Deno.stat(`${memo}/${name}`)).ino}`);
  }
  return state.sort();
}

Deno.test("domainFacts() gives a world's identity from name, seed and counts", async () => {
  const binding = { dataset: "world", world: "species" } as const;
  const of = (size: typeof world) => domainFacts(binding, { world: size, memo: "/nowhere" });
  const facts = await of(world);
  assert.match(facts.id, /^[0-9a-f]{64}$/);
  assert.deepEqual({ ...facts, id: "" }, {
    id: "",
    identity: { dataset: "world", world: "species", worldVersion, ...world },
    dataset: "world",
    source: "built-in world species, drawn from seed 1",
    trainImages: 30,
    testImages: 10,
    unlabelledImages: 0,
    hierarchy: worldTree("species"),
    findings: [],
    notes: [],
  });
  assert.equal(facts.id, partsHash(facts.identity), "it is the hash of what it is told to be");
  const others = [{ ...world, seed: 2 }, { ...world, train: 31 }, { ...world, test: 11 }];
  const ids = (await Promise.all(others.map(of))).map(({ id }) => id);
  assert.equal(new Set([facts.id, ...ids]).size, 4);
  assert.equal((await of(world)).id, facts.id);
});

Deno.test("domainFacts() counts images without labels, and has another identity with each of them", () =>
  inTempDir(async (path) => {
    const read = async () =>
      await domainFacts({ dataset: "image-folder", path }, { world, memo: `${path}/.memo` });
    await writeFolder(path, { "unlabelled/0.jpg": await noiseJpeg(1) });
    const one = await read();
    assert.deepEqual([one.trainImages, one.testImages, one.unlabelledImages], [0, 0, 1]);
    assert.deepEqual(one.hierarchy, { levels: [], leaves: [] });
    await writeFolder(path, { "unlabelled/1.jpg": await noiseJpeg(2) });
    const two = await read();
    assert.equal(two.unlabelledImages, 2);
    await writeFolder(path, { "unlabelled/1.jpg": await noiseJpeg(3) });
    const other = await read();
    assert.equal(new Set([one.id, two.id, other.id]).size, 3);
  }));

Deno.test("domainFacts() does without a memo where there is none, and where it cannot be kept", () =>
  inTempDir(async (dir) => {
    await writeFolder(`${dir}/set`, await imageFiles(["a", "b"], { perClass: 2 }));
    await Deno.writeTextFile(`${dir}/file`, "");
    const binding = { dataset: "image-folder", path: `${dir}/set` } as const;
    const ids: string[] = [];
    for (const memo of [null, `${dir}/file/memo`, `${dir}/memo`]) {
      ids.push((await domainFacts(binding, { world, memo })).id);
    }
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name).sort(), [
      "file",
      "memo",
      "set",
    ]);
  }));

for (const kind of ["folder", "tar"] as const) {
  Deno.test(`domainFacts() remembers a ${kind} and notices a change`, () =>
    inTempDir(async (dir) => {
      const path = kind === "tar" ? `${dir}/set.tar` : `${dir}/set`;
      const write = kind === "tar" ? writeTar : writeFolder;
      const memo = `${dir}/memo`;
      const read = () => domainFacts({ dataset: "image-folder", path }, { world, memo });
      const files = await imageFiles(["a", "b"], { perClass: 2, top: "x/" });
      files["x/labels.tsv"] = "fine\tcoarse\na\tc\nb\tc\n";
      await write(path, files);

      const first = await read();
      assert.match(first.id, /^[0-9a-f]{64}$/);
      assert.deepEqual([first.dataset, first.source], ["image-folder", path]);
      assert.deepEqual([first.trainImages, first.testImages], [4, 2]);
      assert.deepEqual(first.hierarchy.leaves[1], { name: "b", path: ["b", "c"] });

      const written = await memoState(memo);
      assert.equal(written.length, 1);
      assert.deepEqual(await read(), first);
      assert.deepEqual(await memoState(memo), written);

      // Same name and same size: one byte of the label tree differs.
      files["x/labels.tsv"] = "fine\tcoarse\na\tc\nb\td\n";
      await new Promise((resolve) => setTimeout(resolve, 20));
      await write(path, files);
      const second = await read();
      assert.notEqual(second.id, first.id);
      assert.deepEqual(second.hierarchy.leaves[1]?.path, ["b", "d"]);
      assert.equal((await memoState(memo)).length, 2);
    }));
}

Deno.test("domainFacts() trusts the memo alone on a hit, and not a damaged one", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/set.tar`, memo = `${dir}/memo`;
    const read = () => domainFacts({ dataset: "image-folder", path }, { world, memo });
    await writeTar(path, await imageFiles(["a"], { perClass: 1 }));
    const first = await read();
    const [name] = (await memoState(memo)).map((line) => line.split(" ")[0]!);
    const kept = JSON.parse(await Deno.readTextFile(`${memo}/${name}`));
    await Deno.writeTextFile(`${memo}/${name}`, JSON.stringify({ ...kept, trainImages: 99 }));
    assert.equal((await read()).trainImages, 99);
    for (const damage of ["", "{", JSON.stringify({ ...kept, hash: "short" })]) {
      await Deno.writeTextFile(`${memo}/${name}`, damage);
      assert.deepEqual(await read(), first);
    }
  }));

Deno.test("domainFacts() identifies a folder by what counts: not by its place, order or hidden files", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["a", "b"], { perClass: 2 });
    const read = (name: string) =>
      domainFacts({ dataset: "image-folder", path: `${dir}/${name}` }, {
        world,
        memo: `${dir}/memo`,
      });
    await writeFolder(`${dir}/one`, files);
    await writeFolder(`${dir}/two`, {
      ...reversed(files),
      ".DS_Store": "x",
      "train/a/.x.jpg": "x",
    });
    await writeFolder(`${dir}/three`, { ...files, "train/a/0.jpg": await noiseJpeg(99) });
    const [one, two, three] = [await read("one"), await read("two"), await read("three")];
    assert.equal(one.id, two.id);
    assert.notEqual(one.id, three.id);
  }));

Deno.test("domainFacts() remembers what is wrong with the data, and forgets a memo of an older form", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/set`, memo = `${dir}/memo`;
    const read = () => domainFacts({ dataset: "image-folder", path }, { world, memo });
    const files = await imageFiles(["a", "b"], { perClass: 2 });
    await writeFolder(path, { ...files, "test/b/copy.jpg": files["train/a/0.jpg"]! });
    const first = await read();
    assert.deepEqual(first.findings, [{
      name: "test-images-in-train",
      sentence: "1 test image stands among the training images: test/b/copy.jpg is train/a/0.jpg",
    }]);
    const [name] = (await memoState(memo)).map((line) => line.split(" ")[0]!);
    const { findings, ...older } = JSON.parse(await Deno.readTextFile(`${memo}/${name}`));
    await Deno.writeTextFile(`${memo}/${name}`, JSON.stringify({ ...older, findings: [] }));
    assert.deepEqual((await read()).findings, []);
    await Deno.writeTextFile(`${memo}/${name}`, JSON.stringify(older));
    assert.deepEqual((await read()).findings, findings);
  }));

Deno.test("domainFacts() lists a tar without decoding its images", () =>
  inTempDir(async (dir) => {
    await writeTar(`${dir}/set.tar`, { "train/a/1.jpg": "no image", "test/a/1.jpg": "no image" });
    const facts = await domainFacts(
      { dataset: "image-folder", path: `${dir}/set.tar` },
      { world, memo: `${dir}/memo` },
    );
    assert.equal(facts.trainImages, 1);
  }));

Deno.test("domainFacts() names a path that is gone, and a folder without splits", () =>
  inTempDir(async (dir) => {
    const read = (path: string) =>
      domainFacts({ dataset: "image-folder", path }, { world, memo: `${dir}/memo` });
    await assert.rejects(read(`${dir}/none`), inputError(`${dir}/none: the path does not exist`));
    await writeFolder(`${dir}/flat`, { "cat/1.jpg": "x", "dog/1.jpg": "x" });
    await assert.rejects(
      read(`${dir}/flat`),
      inputError(`${dir}/flat: there is no folder train`, "Arrange the images as"),
    );
  }));
