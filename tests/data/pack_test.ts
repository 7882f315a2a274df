import assert from "node:assert/strict";
import { type Hierarchy, noLabels } from "@/lib/data/hierarchy.ts";
import { type PackedImage, readPack } from "@/lib/data/pack.ts";
import { type PackContent, writePack } from "@/lib/data/packing/pack_writer.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

const hierarchy: Hierarchy = {
  levels: ["fine"],
  leaves: Array.from({ length: 300 }, (_, i) => ({ name: `c${i}`, path: [`c${i}`] })),
};

/** Images `from` … `from + count - 1` of 2 px, each filled with its number. */
async function* numbered(from: number, count: number): AsyncGenerator<PackedImage> {
  for (let i = from; i < from + count; i++) {
    yield await Promise.resolve({ image: new Uint8Array(12).fill(i), leaf: i });
  }
}

function content(changes: Partial<PackContent> = {}): PackContent {
  return {
    px: 2,
    hierarchy,
    train: numbered(250, 50),
    test: numbered(3, 2),
    ...changes,
  };
}

Deno.test("readPack() returns what writePack() wrote", () =>
  inTempDir(async (dir) => {
    assert.deepEqual(await writePack(dir, content()), { train: 50, test: 2, unlabelled: 0 });
    const pack = await readPack(dir);
    assert.deepEqual([pack.px, pack.train, pack.test], [2, 50, 2]);
    assert.deepEqual(pack.hierarchy, hierarchy);
    const { count, images, labels, read } = pack.split("train");
    assert.deepEqual([count, images!.length, labels.length], [50, 600, 50]);
    assert.deepEqual([labels[0], labels[49], images![0], images![599]], [250, 299, 250, 299 & 255]);
    assert.deepEqual([...await read([49, 0])], [
      ...new Array(12).fill(299 & 255),
      ...new Array(12).fill(250),
    ]);
    await assert.rejects(read([50]), { message: "Cannot read image 50: there are 50" });
    assert.deepEqual([...pack.split("test").labels], [3, 4]);
    assert.equal(pack.split("test"), pack.split("test"));
  }));

Deno.test("writePack() writes raw bytes and little-endian labels", () =>
  inTempDir(async (dir) => {
    await writePack(dir, content());
    const labels = await Deno.readFile(`${dir}/train.labels`);
    assert.deepEqual([...labels.subarray(10, 14)], [255, 0, 0, 1]);
    assert.deepEqual([...(await Deno.readFile(`${dir}/test.images`))], [
      ...new Array(12).fill(3),
      ...new Array(12).fill(4),
    ]);
  }));

Deno.test("writePack() keeps more images than one buffer holds, in order", () =>
  inTempDir(async (dir) => {
    const px = 96, count = 400;
    async function* large(): AsyncGenerator<PackedImage> {
      for (let i = 0; i < count; i++) {
        yield await Promise.resolve({ image: new Uint8Array(px * px * 3).fill(i), leaf: i % 300 });
      }
    }
    await writePack(dir, content({ px, train: large(), test: numbered(0, 0) }));
    const { images } = (await readPack(dir)).split("train");
    for (let i = 0; i < count; i++) {
      assert.equal(images![i * px * px * 3], i & 255);
      assert.equal(images![(i + 1) * px * px * 3 - 1], i & 255);
    }
  }));

/** The same without labels. */
async function* withoutLabels(from: number, count: number): AsyncGenerator<PackedImage> {
  for await (const { image } of numbered(from, count)) yield { image, leaf: null };
}

Deno.test("a pack holds images without labels in files of their own, and has none of them otherwise", () =>
  inTempDir(async (dir) => {
    const names = () => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    await writePack(dir, content());
    const before = names();
    assert.deepEqual(before.filter((name) => name.startsWith("unlabelled")), []);
    assert.doesNotMatch(await Deno.readTextFile(`${dir}/dataset.json`), /unlabelled/);
    const none = await readPack(dir);
    assert.deepEqual([none.unlabelled, none.split("unlabelled").count], [0, 0]);

    const counts = await writePack(dir, content({ unlabelled: withoutLabels(7, 3) }));
    assert.deepEqual(counts, { train: 50, test: 2, unlabelled: 3 });
    assert.deepEqual(names(), [...before, "unlabelled.images"].sort());
    const { count, labels, images, read } = (await readPack(dir)).split("unlabelled");
    assert.deepEqual([count, labels, images!.length], [3, undefined, 36]);
    assert.deepEqual([...await read([2])], new Array(12).fill(9));
    await Deno.truncate(`${dir}/unlabelled.images`, 35);
    await assert.rejects(readPack(dir), inputError("unlabelled.images", "35 bytes in place of 36"));
  }));

Deno.test("a pack of images without labels alone needs no class, at sizes that it keeps as JPEGs too", async () => {
  for (const px of [2, 100]) {
    await inTempDir(async (dir) => {
      async function* grey(): AsyncGenerator<PackedImage> {
        for (const value of [50, 150]) {
          const image = new Uint8Array(px * px * 3).fill(value);
          yield await Promise.resolve({ image, leaf: null });
        }
      }
      const empty = { train: numbered(0, 0), test: numbered(0, 0), hierarchy: noLabels };
      await writePack(dir, { px, ...empty, unlabelled: grey() });
      const pack = await readPack(dir);
      assert.deepEqual([pack.train, pack.test, pack.unlabelled], [0, 0, 2]);
      const read = await pack.split("unlabelled").read([1, 0]);
      assert.deepEqual([read[0], read.at(-1)], [150, 50]);
    });
  }
});

Deno.test("writePack() refuses a label among images without, and an image without among those with", async () => {
  const mixed: Partial<PackContent>[] = [
    { train: withoutLabels(0, 1) },
    { unlabelled: numbered(0, 1) },
  ];
  for (const changes of mixed) {
    await inTempDir(async (dir) => {
      await assert.rejects(writePack(dir, content(changes)), /a label that is no leaf/);
    });
  }
});

Deno.test("writePack() refuses an image of another size and a label that is no leaf", async () => {
  async function* one(image: Uint8Array, leaf: number): AsyncGenerator<PackedImage> {
    yield await Promise.resolve({ image, leaf });
  }
  for (const train of [one(new Uint8Array(11), 0), one(new Uint8Array(12), 300)]) {
    await inTempDir(async (dir) => {
      await assert.rejects(writePack(dir, content({ train })), RangeError);
      await assert.rejects(readPack(dir), inputError("dataset.json", "damaged"));
    });
  }
});

Deno.test("readPack() names the file that is damaged", () =>
  inTempDir(async (dir) => {
    const remedy = "Ingest the domain again";
    await assert.rejects(readPack(dir), inputError(`${dir}/dataset.json`, "damaged", remedy));
    await writePack(dir, content());
    await Deno.truncate(`${dir}/train.images`, 599);
    await assert.rejects(
      readPack(dir),
      inputError(`${dir}/train.images`, "it has 599 bytes in place of 600", remedy),
    );
    await Deno.remove(`${dir}/train.images`);
    await assert.rejects(readPack(dir), inputError(`${dir}/train.images`, "damaged"));
    await Deno.writeFile(`${dir}/train.images`, new Uint8Array(600));
    await Deno.writeFile(`${dir}/test.labels`, new Uint8Array([0, 0, 44, 1]));
    const pack = await readPack(dir);
    assert.throws(
      () => pack.split("test"),
      inputError(`${dir}/test.labels`, "image 1 has the label 300"),
    );
    await Deno.writeTextFile(`${dir}/dataset.json`, '{"px":2}');
    await assert.rejects(readPack(dir), inputError(`${dir}/dataset.json`, "damaged"));
  }));

Deno.test("a pack of large images keeps JPEGs, reads them by number and notices damage", () =>
  inTempDir(async (dir) => {
    const px = 100, size = px * px * 3;
    // A slope of colour, which JPEG keeps well.
    const image = (k: number) =>
      Uint8Array.from({ length: size }, (_, i) => (Math.floor(i / 3) % px) + 10 * k + 20 * (i % 3));
    async function* slopes(count: number): AsyncGenerator<PackedImage> {
      for (let k = 0; k < count; k++) yield await Promise.resolve({ image: image(k), leaf: k });
    }
    await writePack(dir, content({ px, train: slopes(7), test: slopes(0) }));
    const { images, read, labels } = (await readPack(dir)).split("train");
    assert.equal(images, undefined);
    assert.deepEqual([...labels], [0, 1, 2, 3, 4, 5, 6]);
    const found = await read([5, 2]);
    for (const [row, k] of [5, 2].entries()) {
      const expected = image(k);
      for (let i = 0; i < size; i++) {
        assert.ok(Math.abs(found[row * size + i]! - expected[i]!) <= 4, `image ${k}, byte ${i}`);
      }
    }
    assert.deepEqual((await readPack(dir)).split("test").count, 0);
    const { size: bytes } = await Deno.stat(`${dir}/train.jpegs`);
    const file = await Deno.open(`${dir}/train.jpegs`, { write: true });
    await file.write(new Uint8Array(100));
    file.close();
    const { read: readDamaged } = (await readPack(dir)).split("train");
    await assert.rejects(
      readDamaged([1, 0]),
      inputError(`${dir}/train.jpegs`, "image 0 cannot be decoded", "Ingest the domain again"),
    );
    assert.equal((await readDamaged([1])).length, size);
    await Deno.truncate(`${dir}/train.jpegs`, bytes - 1);
    await assert.rejects(readPack(dir), inputError(`${dir}/train.jpegs`, "damaged"));
  }));
