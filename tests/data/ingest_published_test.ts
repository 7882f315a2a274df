import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import { readBindings } from "@/lib/data/bindings.ts";
import { domainFacts } from "@/lib/data/facts.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { readPack } from "@/lib/data/pack.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  tarOf,
  writeFolder,
} from "@/tests/data/fixtures.ts";

const px = 16, bytes = px * px * 3;
const world = { train: 1, test: 1, seed: 1 };

/** ImageNet: the tar of the classes' tars, flat validation images and their WordNet ids. */
async function imagenetFiles(): Promise<Files> {
  const ids = ["n01440764", "n01443537"];
  const tars: Files = {};
  for (const [i, id] of ids.entries()) {
    tars[`${id}.tar`] = await tarOf({
      [`${id}_1.JPEG`]: await noiseJpeg(i),
      [`${id}_2.JPEG`]: await noiseJpeg(9 + i),
    });
  }
  return {
    "train.tar": await tarOf(tars),
    "val.tar": await tarOf({ "ILSVRC2012_val_00000001.JPEG": await noiseJpeg(77) }),
    "ids.txt": `${ids[1]}\n`,
    "data.yaml":
      "objects: { dataset: imagenet, train: train.tar, validation: val.tar, ground_truth: ids.txt }",
  };
}

/** Compressed shards with `.cls`. */
async function shardFiles(): Promise<Files> {
  const shard = async (first: number): Promise<Uint8Array> =>
    gzipSync(
      await tarOf({
        [`${first}.cls`]: "猫",
        [`${first}.jpg`]: await noiseJpeg(first),
        [`${first + 1}.jpg`]: await noiseJpeg(first + 1),
        [`${first + 1}.cls`]: "dog",
      }),
    );
  return {
    "s/train-00.tar.gz": await shard(0),
    "s/train-01.tar.gz": await shard(10),
    "s/test-00.tar.gz": await shard(20),
    "data.yaml":
      "objects:\n  dataset: tar-shards\n  train: s/train-{00..01}.tar.gz\n  test: s/test-*.tar.gz\n",
  };
}

/** CIFAR-10 with two pictures a batch. */
function cifarFiles(): Promise<Files> {
  const batch = (n: number) =>
    Uint8Array.from(
      { length: 2 * 3073 },
      (_, i) => i % 3073 === 0 ? (n + i / 3073) % 10 : (n * i) % 256,
    );
  const files: Files = {
    "c/batches.meta.txt": "a b c d e f g h i j".replaceAll(" ", "\n"),
    "c/test_batch.bin": batch(7),
    "data.yaml": "objects: { dataset: cifar10, path: c }",
  };
  for (const n of [1, 2, 3, 4, 5]) files[`c/data_batch_${n}.bin`] = batch(n);
  return Promise.resolve(files);
}

const sets = {
  imagenet: { files: imagenetFiles, counts: [4, 1], labels: [0, 0, 1, 1] },
  "tar-shards": { files: shardFiles, counts: [4, 2], labels: [1, 0, 1, 0] },
  cifar10: { files: cifarFiles, counts: [10, 2], labels: [0, 1, 1, 2, 2, 3, 3, 4, 4, 5] },
} as const;

for (const [dataset, { files, counts, labels }] of Object.entries(sets)) {
  Deno.test(`ingest() packs ${dataset} as data.yaml binds it`, () =>
    inTempDir(async (dir) => {
      await writeFolder(dir, await files());
      const { objects } = await readBindings(`${dir}/data.yaml`);
      assert.equal(objects!.dataset, dataset);
      const out = `${dir}/out`;
      await Deno.mkdir(out);
      const ingested = await ingest(objects!, { px, world, out });
      assert.deepEqual(ingested, { train: counts[0], test: counts[1], unlabelled: 0, skipped: [] });

      const facts = await domainFacts(objects!, { world, memo: `${dir}/memo` });
      const pack = await readPack(out);
      assert.deepEqual(pack.hierarchy, facts.hierarchy);
      assert.deepEqual([facts.trainImages, facts.testImages], counts);
      assert.deepEqual([...pack.split("train").labels], labels);
      using data = await openDataSet(objects!);
      for (const split of ["train", "test"] as const) {
        for (let i = 0; i < data[split].length; i++) {
          const expected = await decodeImage(await data.read(split, i), px);
          const packed = pack.split(split).images!.slice(i * bytes, (i + 1) * bytes);
          assert.deepEqual(packed, new Uint8Array(expected));
        }
      }
    }));
}

Deno.test("readBindings() names the field whose shards are not there", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, {
      "a.tar": "",
      "data.yaml": "objects:\n  dataset: tar-shards\n  train: a.tar\n  test: none-*.tar\n",
    });
    await assert.rejects(
      readBindings(`${dir}/data.yaml`),
      inputError(`${dir}/data.yaml:4: objects.test: no file matches ${dir}/none-*.tar`),
    );
  }));
