import assert from "node:assert/strict";
import sharp from "sharp";
import { type Corruption, downsample, jpeg, saltAndPepper } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { corruptPack } from "@/lib/data/corrupt_pack.ts";
import { corruptionSample } from "@/lib/data/corrupt_sample.ts";
import { corruptImage } from "@/lib/data/corruptions/corrupt.ts";
import { type Pack, type PackedImage, readPack } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

const px = 8, train = 30;

/** Training image i: noise below 100, of the leaf i mod 3; a test image: 200 everywhere; then noise without labels. */
async function noisyPack(folder: string, without = 0): Promise<Pack> {
  await Deno.mkdir(folder);
  const leaves = ["a", "b", "c"].map((name) => ({ name, path: [name] }));
  async function* images(from = 0, to = train): AsyncGenerator<PackedImage> {
    for (let i = from; i < to; i++) {
      const random = randomAt(i, "test image");
      const image = Uint8Array.from({ length: px * px * 3 }, () => random.integer(100));
      yield await Promise.resolve({ image, leaf: i < train ? i % 3 : null });
    }
  }
  async function* tests(): AsyncGenerator<PackedImage> {
    for (let i = 0; i < 5; i++) {
      yield await Promise.resolve({ image: new Uint8Array(px * px * 3).fill(200), leaf: 0 });
    }
  }
  const hierarchy = { levels: ["leaf"], leaves };
  await writePack(folder, {
    px,
    hierarchy,
    train: images(),
    test: tests(),
    unlabelled: images(train, train + without),
  });
  return await readPack(folder);
}

async function corrupted(
  dir: string,
  pack: Pack,
  { corruption, indices }: { corruption: Corruption; indices: number[] },
): Promise<Pack> {
  const out = await Deno.makeTempDir({ dir });
  const told: number[] = [];
  await corruptPack(pack, {
    corruption,
    indices: Uint32Array.from(indices),
    out,
    onProgress: (done, total) => told.push(done / total),
  });
  assert.equal(told.at(-1), 1);
  return await readPack(out);
}

Deno.test("corruptPack() holds the subset's images, corrupted, in its order, with their labels and no test image", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    const indices = [17, 3, 29, 0];
    const corruption = jpeg(20);
    const made = await corrupted(dir, pack, { corruption, indices });
    assert.deepEqual([made.px, made.train, made.test], [px, 4, 0]);
    assert.deepEqual(made.hierarchy, pack.hierarchy);
    assert.deepEqual([...made.split("train").labels], indices.map((i) => i % 3));
    for (const [place, image] of indices.entries()) {
      const clean = await pack.split("train").read([image]);
      assert.deepEqual(
        await made.split("train").read([place]),
        await corruptImage(clean, corruption, { px, image }),
      );
    }
  }));

Deno.test("corruptPack() of all images corrupts both splits, in their order and with their labels, training ones as ever", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    const corruption = saltAndPepper(0.2);
    await Deno.mkdir(`${dir}/all`);
    await corruptPack(pack, { corruption, out: `${dir}/all`, onProgress: () => {} });
    const whole = await readPack(`${dir}/all`);
    assert.deepEqual([whole.train, whole.test], [pack.train, pack.test]);
    for (const name of ["train", "test"] as const) {
      assert.deepEqual([...whole.split(name).labels], [...pack.split(name).labels]);
      const numbers = Array.from({ length: pack.split(name).count }, (_, i) => i);
      for (const i of numbers) {
        const [clean, corrupt] = await Promise.all(
          [pack, whole].map((one) => one.split(name).read([i])),
        );
        assert.notDeepEqual(corrupt, clean, `${name} ${i}`);
      }
    }
    const some = await corrupted(dir, pack, { corruption, indices: [4] });
    assert.deepEqual(await some.split("train").read([0]), await whole.split("train").read([4]));
    // All test images are alike here, and struck in different places.
    const test = whole.split("test");
    assert.notDeepEqual(await test.read([0]), await test.read([1]));
  }));

Deno.test("corruptPack() of the test images alone strikes them as it does beside the others, and has no other", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    const corruption = saltAndPepper(0.2), onProgress = () => {};
    for (const name of ["all", "test"]) await Deno.mkdir(`${dir}/${name}`);
    await corruptPack(pack, { corruption, out: `${dir}/all`, onProgress });
    await corruptPack(pack, { corruption, split: "test", out: `${dir}/test`, onProgress });
    const [all, test] = await Promise.all(
      ["all", "test"].map((name) => readPack(`${dir}/${name}`)),
    );
    assert.deepEqual([test!.train, test!.test], [0, pack.test]);
    assert.deepEqual([...test!.split("test").labels], [...pack.split("test").labels]);
    const numbers = Array.from({ length: pack.test }, (_, i) => i);
    assert.deepEqual(
      await test!.split("test").read(numbers),
      await all!.split("test").read(numbers),
    );
  }));

Deno.test("corruptPack() strikes an image alike in every subset", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    const corruption = saltAndPepper(0.3);
    const one = await corrupted(dir, pack, { corruption, indices: [5, 6, 7] });
    const other = await corrupted(dir, pack, { corruption, indices: [20, 7] });
    assert.deepEqual(await one.split("train").read([2]), await other.split("train").read([1]));
    assert.notDeepEqual(await one.split("train").read([2]), await one.split("train").read([1]));
  }));

Deno.test("corruptPack() corrupts images without labels as those with, and tells its order", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`, 3);
    const corruption = saltAndPepper(0.3);
    await Deno.mkdir(`${dir}/out`);
    const indices = Uint32Array.of(32, 5, 30, 7);
    const order = await corruptPack(pack, {
      corruption,
      indices,
      out: `${dir}/out`,
      onProgress: () => {},
    });
    assert.deepEqual([...order], [5, 7, 32, 30]);
    const made = await readPack(`${dir}/out`);
    assert.deepEqual([made.train, made.test, made.unlabelled], [2, 0, 2]);
    for (const [place, image] of [32, 30].entries()) {
      const clean = await pack.split("unlabelled").read([image - train]);
      assert.deepEqual(
        await made.split("unlabelled").read([place]),
        await corruptImage(clean, corruption, { px, image }),
      );
    }
    const { width } = await sharp(
      await corruptionSample(pack, { corruption, indices: Uint32Array.of(32, 30), columns: 4 }),
    ).metadata();
    assert.equal(width, 2 + 2 * 82);
  }));

Deno.test("corruptPack() reaches no test image: a number beyond the training images is refused", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    await assert.rejects(
      corrupted(dir, pack, { corruption: downsample(2), indices: [train] }),
      /Cannot read image 30: there are 30/,
    );
  }));

Deno.test("corruptionSample() draws the same images for every corruption, clean above corrupted", () =>
  inTempDir(async (dir) => {
    const pack = await noisyPack(`${dir}/pack`);
    const indices = Uint32Array.from({ length: train }, (_, i) => i);
    const rows = async (corruption: Corruption) => {
      const png = await corruptionSample(pack, { corruption, indices, columns: 4 });
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      // 8 px enlarged to 80, and gaps of 2.
      assert.deepEqual([info.width, info.height], [2 + 4 * 82, 2 + 2 * 82]);
      const half = 82 * info.width * 3;
      return [data.subarray(0, half), data.subarray(half, 2 * half)] as const;
    };
    const [above, below] = await rows(downsample(2));
    const [aboveToo, belowToo] = await rows(jpeg(10));
    assert.deepEqual(above, aboveToo);
    assert.notDeepEqual(below, belowToo);
    assert.notDeepEqual(above, below);
  }));
