import assert from "node:assert/strict";
import { resolve } from "node:path";
import { sha256File } from "@/lib/base/sha256.ts";
import type { Binding } from "@/lib/data/adapters/mod.ts";
import { domainFacts } from "@/lib/data/facts.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { readPack } from "@/lib/data/pack.ts";
import { drawImage } from "@/lib/worlds/mod.ts";
import {
  type Files,
  imageFiles,
  inputError,
  inTempDir,
  noiseJpeg,
  reversed,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const world = { train: 70, test: 5, seed: 3 };

/** Ingests into a new folder below `dir`. */
async function ingestInto(dir: string, binding: Binding) {
  const out = await Deno.makeTempDir({ dir });
  const progress: [number, number][] = [];
  const result = await ingest(binding, {
    px: 8,
    world,
    out,
    onProgress: (done, total) => progress.push([done, total]),
  });
  return { out, result, progress };
}

async function hashes(out: string): Promise<string[]> {
  const names = ["dataset.json", "train.images", "train.labels", "test.images", "test.labels"];
  return await Promise.all(names.map((name) => sha256File(`${out}/${name}`)));
}

Deno.test("ingest() makes the same pack from a folder, a tar and a tar in another order", () =>
  inTempDir(async (dir) => {
    const files: Files = {
      "labels.tsv": "fine\tcoarse\nбереза\ttree\n鳥\tanimal\nzebra\tanimal\n",
      ...await imageFiles(["zebra", "鳥", "береза"], { perClass: 9 }),
    };
    const below: Files = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [`./top/${path}`, content]),
    );
    await writeFolder(`${dir}/set`, files);
    await writeTar(`${dir}/a.tar`, files);
    await writeTar(`${dir}/b.tar`, reversed(below));
    const packs = [];
    for (const name of ["set", "a.tar", "b.tar"]) {
      const { out, result, progress } = await ingestInto(dir, {
        dataset: "image-folder",
        path: `${dir}/${name}`,
      });
      assert.deepEqual(result, { train: 27, test: 3, unlabelled: 0, skipped: [] });
      assert.deepEqual(progress, Array.from({ length: 30 }, (_, i) => [i + 1, 30]));
      packs.push(await hashes(out));
    }
    assert.deepEqual(packs[1], packs[0]);
    assert.deepEqual(packs[2], packs[0]);
  }));

Deno.test("ingest() gives each image its own label and pixels", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["b", "a"], { perClass: 3 });
    await writeTar(`${dir}/a.tar`, files);
    const binding = { dataset: "image-folder", path: `${dir}/a.tar` } as const;
    const pack = await readPack((await ingestInto(dir, binding)).out);
    const { images, labels } = pack.split("train");
    assert.deepEqual([...labels], [0, 0, 0, 1, 1, 1]);
    for (const [i, name] of ["a/0", "a/1", "a/2", "b/0", "b/1", "b/2"].entries()) {
      const expected = await decodeImage({ encoded: files[`train/${name}.jpg`] as Uint8Array }, 8);
      assert.deepEqual(images!.slice(i * 192, (i + 1) * 192), new Uint8Array(expected));
    }
    const facts = await domainFacts(binding, { world, memo: `${dir}/memo` });
    assert.deepEqual(pack.hierarchy, facts.hierarchy);
    assert.deepEqual([pack.train, pack.test], [facts.trainImages, facts.testImages]);
  }));

Deno.test("ingest() packs images without labels, from a folder and from tars alike, and their broken ones count", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["b", "a"], { perClass: 2 });
    const loose = ["unlabelled/1.jpg", "unlabelled/deep/er/2.jpg", "unlabelled/deep/0.jpg"];
    for (const [i, path] of loose.entries()) files[path] = await noiseJpeg(100 + i);
    await writeFolder(`${dir}/set`, files);
    await writeTar(`${dir}/a.tar`, reversed(files));
    const packs = [];
    for (const name of ["set", "a.tar"]) {
      const binding = { dataset: "image-folder", path: `${dir}/${name}` } as const;
      const { out, result, progress } = await ingestInto(dir, binding);
      assert.deepEqual(result, { train: 4, test: 2, unlabelled: 3, skipped: [] });
      assert.deepEqual(progress.at(-1), [9, 9]);
      packs.push([await hashes(out), [...Deno.readDirSync(out)].map((one) => one.name).sort()]);
      const pack = await readPack(out);
      const { images, labels, count } = pack.split("unlabelled");
      assert.deepEqual([pack.unlabelled, count, labels], [3, 3, undefined]);
      for (const [i, path] of [...loose].sort().entries()) {
        const expected = await decodeImage({ encoded: files[path] as Uint8Array }, 8);
        assert.deepEqual(images!.slice(i * 192, (i + 1) * 192), new Uint8Array(expected), path);
      }
    }
    assert.deepEqual(packs[1], packs[0]);
    await Deno.writeTextFile(`${dir}/set/unlabelled/3.jpg`, "no image");
    await assert.rejects(
      ingestInto(dir, { dataset: "image-folder", path: `${dir}/set` }),
      inputError("of the 10 images are broken, the first being unlabelled/3.jpg"),
    );
  }));

Deno.test("ingest() skips and lists broken images up to 1 %, and then refuses", () =>
  inTempDir(async (dir) => {
    const good = await noiseJpeg(1, 64, 64);
    const files: Files = { "test/a/0.jpg": good };
    for (let i = 0; i < 199; i++) files[`train/a/${String(i).padStart(3, "0")}.jpg`] = good;
    files["train/a/007.jpg"] = good.subarray(0, good.length / 2);
    files["train/a/100.jpg"] = "no image";
    await writeTar(`${dir}/a.tar`, files);
    const binding = { dataset: "image-folder", path: `${dir}/a.tar` } as const;
    const { out, result, progress } = await ingestInto(dir, binding);
    assert.deepEqual([result.train, result.test], [197, 1]);
    assert.deepEqual(result.skipped.map(({ name }) => name), [
      "train/a/007.jpg",
      "train/a/100.jpg",
    ]);
    assert.deepEqual(result.skipped.map(({ reason }) => reason), [
      "the image is cut short or damaged",
      "the file is not an image of a kind that is read (JPEG, PNG, WebP, GIF, TIFF, AVIF)",
    ]);
    assert.deepEqual(progress.at(-1), [200, 200]);
    const pack = await readPack(out);
    assert.deepEqual(pack.skipped, result.skipped);
    assert.equal(pack.split("train").count, 197);

    files["test/a/0.jpg"] = "";
    await writeTar(`${dir}/a.tar`, files);
    await assert.rejects(
      ingestInto(dir, binding),
      inputError(
        `${dir}/a.tar: more than 1 % of the 200 images are broken`,
        "the first being train/a/007.jpg (",
        "train/a/100.jpg (",
        "test/a/0.jpg (the file is empty)",
        "Replace or remove the broken images",
      ),
    );
  }));

Deno.test("ingest() draws a world in the order of its indices", () =>
  inTempDir(async (dir) => {
    const { out, result, progress } = await ingestInto(dir, { dataset: "world", world: "aerial" });
    assert.deepEqual(result, { train: 70, test: 5, unlabelled: 0, skipped: [] });
    assert.deepEqual(progress.at(-1), [75, 75]);
    const pack = await readPack(out);
    for (const split of ["train", "test"] as const) {
      const { images, labels, count } = pack.split(split);
      for (let index = 0; index < count; index++) {
        const image = new Uint8Array(192);
        const options = { seed: 3, split, index, size: 8 };
        assert.equal(labels[index], drawImage("aerial", options, image));
        assert.deepEqual(images!.slice(index * 192, (index + 1) * 192), image);
      }
    }
  }));

const photographs = resolve(import.meta.dirname!, "../../../shared/data/photos/aerial.tar");
Deno.test({
  name: "ingest() reads real photographs with a tree of three levels",
  ignore: !await Deno.stat(photographs).then(() => true, () => false),
  fn: () =>
    inTempDir(async (dir) => {
      const binding = { dataset: "image-folder", path: photographs } as const;
      const facts = await domainFacts(binding, { world, memo: `${dir}/memo` });
      assert.deepEqual(facts.hierarchy.levels, ["fine", "level2", "level1"]);
      assert.deepEqual([facts.trainImages, facts.testImages], [4472, 1188]);
      assert.equal(facts.hierarchy.leaves.length, 7);
    }),
});

Deno.test("ingest() goes on where it was ended, to the same bytes, at a small size and at a large one", () =>
  inTempDir(async (dir) => {
    const binding = { dataset: "world", world: "aerial" } as const;
    for (const px of [64, 128]) {
      const size = { train: px === 64 ? 900 : 400, test: 40, seed: 4 };
      const whole = `${dir}/whole-${px}`;
      await Deno.mkdir(whole);
      await ingest(binding, { px, world: size, out: whole });
      for (const stopAt of [1, 350, 401]) {
        const folder = `${dir}/unfinished-${px}-${stopAt}`, out = `${dir}/out-${px}-${stopAt}`;
        await Deno.mkdir(out);
        const options = { px, world: size, out, unfinished: { folder, identity: "one" } };
        const stop = new Error("stopped");
        const begun = ingest(binding, {
          ...options,
          onProgress: (done) => {
            if (done === stopAt) throw stop;
          },
        });
        await assert.rejects(begun, stop);
        const told: number[] = [];
        await ingest(binding, { ...options, onProgress: (done) => told.push(done) });
        assert.equal(told.at(-1), size.train + 40);
        if (stopAt > 400) assert.ok(told[0]! > 100, `it went on at ${told[0]}`);
        const names = [...Deno.readDirSync(whole)].map(({ name }) => name).sort();
        assert.deepEqual([...Deno.readDirSync(out)].map(({ name }) => name).sort(), names);
        for (const name of names) {
          assert.equal(await sha256File(`${out}/${name}`), await sha256File(`${whole}/${name}`));
        }
      }
    }
  }));

Deno.test("ingest() begins anew over what another identity left, or what is shorter than its journal", () =>
  inTempDir(async (dir) => {
    const size = { train: 500, test: 5, seed: 4 }, px = 64;
    const folder = `${dir}/unfinished`;
    const begin = async (identity: string, seed: number) => {
      const out = await Deno.makeTempDir({ dir });
      const told: number[] = [];
      const options = { px, world: { ...size, seed }, out, unfinished: { folder, identity } };
      const onProgress = (done: number) => {
        told.push(done);
        if (identity === "one" && done === 480) throw new Error("stopped");
      };
      await ingest({ dataset: "world", world: "aerial" }, { ...options, onProgress });
      return told;
    };
    await assert.rejects(begin("one", 4), /stopped/);
    assert.equal((await begin("two", 5))[0], 1);
    await assert.rejects(begin("one", 4), /stopped/);
    const [own] = [...Deno.readDirSync(folder)].map(({ name }) => name);
    await Deno.truncate(`${folder}/${own}/train.images`, 1000);
    await assert.rejects(begin("one", 4), /stopped/);
  }));

Deno.test("ingest() that is taken over while it is still at work does not touch what the other makes", () =>
  inTempDir(async (dir) => {
    const binding = { dataset: "world", world: "aerial" } as const;
    for (const px of [64, 128]) {
      const size = { train: 900, test: 40, seed: 4 };
      const folder = `${dir}/unfinished-${px}`;
      const [whole, first, second] = ["whole", "first", "second"].map((name) =>
        `${dir}/${name}-${px}`
      );
      for (const out of [whole!, first!, second!]) await Deno.mkdir(out);
      await ingest(binding, { px, world: size, out: whole! });
      const options = { px, world: size, unfinished: { folder, identity: "one" } };
      const told: number[] = [];
      let other: Promise<unknown> | undefined;
      const one = ingest(binding, {
        ...options,
        out: first!,
        onProgress: (done) => {
          if (done !== 450) return;
          const onProgress = (done: number) => void told.push(done);
          other = ingest(binding, { ...options, out: second!, onProgress });
        },
      });
      await assert.rejects(one, Deno.errors.NotFound);
      await other;
      assert.ok(told[0]! > 100, `it went on at ${told[0]}`);
      for (const { name } of Deno.readDirSync(whole!)) {
        assert.equal(await sha256File(`${second}/${name}`), await sha256File(`${whole}/${name}`));
      }
    }
  }));
