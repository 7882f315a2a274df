import assert from "node:assert/strict";
import { resolve } from "node:path";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { type ImageList, imageListBuilder } from "@/lib/data/listing/image_list.ts";

const one = { size: 1, offset: 0, tree: 0 };

function files(list: ImageList) {
  return Array.from({ length: list.length }, (_, i) => list.file(i));
}

Deno.test("imageListBuilder() sorts by leaf and path, or by place, and keeps all of a file", () => {
  const given = [
    { path: "b/2.jpg", size: 5, offset: 2 ** 40, tree: 1, group: 3 },
    { path: "b/10.jpg", size: 2 ** 33, offset: 512, tree: 1, group: 3 },
    { path: "c.jpg", size: 0, offset: 100, tree: 2, group: 8 },
    { path: "a/9.jpg", size: 7, offset: 0, tree: 65535, group: 65535 },
  ];
  const leafOfGroup = { 3: 2, 8: 0, 65535: 1, length: 65536 };
  for (let seed = 0; seed < 6; seed++) {
    const builder = imageListBuilder();
    for (const i of permutation(given.length, randomAt(seed, "test"))) {
      const { group, ...file } = given[i]!;
      builder.add(file, group);
    }
    assert.equal(builder.length, 4);
    const byClass = builder.finish({ leafOfGroup, order: "class" });
    assert.deepEqual(files(byClass).map(({ path }) => path), [
      "c.jpg",
      "a/9.jpg",
      "b/10.jpg",
      "b/2.jpg",
    ]);
    assert.deepEqual([...byClass.leaves], [0, 1, 2, 2]);
    const { group: _, ...file } = given[1]!;
    assert.deepEqual(byClass.file(2), file);
    const byPlace = builder.finish({ leafOfGroup, order: "place" });
    assert.deepEqual(files(byPlace).map(({ path }) => path), [
      "b/10.jpg",
      "b/2.jpg",
      "c.jpg",
      "a/9.jpg",
    ]);
    assert.deepEqual([...byPlace.leaves], [2, 2, 0, 1]);
  }
});

Deno.test("imageListBuilder() lets the later of two equal paths in a tree count", () => {
  for (const order of ["class", "place"] as const) {
    const builder = imageListBuilder();
    builder.add({ path: "a/1.jpg", size: 10, offset: 512, tree: 0 }, 0);
    builder.add({ path: "a/2.jpg", size: 11, offset: 1024, tree: 0 }, 0);
    builder.add({ path: "a/1.jpg", size: 12, offset: 4096, tree: 0 }, 0);
    builder.add({ path: "a/1.jpg", size: 13, offset: 2048, tree: 0 }, 0);
    builder.add({ path: "a/1.jpg", size: 14, offset: 512, tree: 1 }, 0);
    const list = builder.finish({ leafOfGroup: [0], order });
    const sizes = files(list).map(({ size }) => size);
    assert.deepEqual(sizes, order === "class" ? [12, 14, 11] : [11, 12, 14]);
    assert.equal(list.leaves.length, 3);
  }
});

Deno.test("imageListBuilder() sorts by Unicode form NFC and keeps each spelling", () => {
  const paths = [
    "e\u0301/1.jpg",
    "\u00e9/2.jpg",
    "\u00e9/1.jpg",
    "鳥/1.jpg",
    "z.jpg",
    "🐦 1.jpg",
    "\uff5a.jpg",
  ];
  const expected = [
    "z.jpg",
    // One path in two spellings is two files, as it is on disk.
    "e\u0301/1.jpg",
    "\u00e9/1.jpg",
    "\u00e9/2.jpg",
    "鳥/1.jpg",
    "\uff5a.jpg",
    "🐦 1.jpg",
  ];
  for (let seed = 0; seed < 10; seed++) {
    const builder = imageListBuilder();
    for (const i of permutation(paths.length, randomAt(seed, "test"))) {
      builder.add({ ...one, path: paths[i]! }, 0);
    }
    const list = builder.finish({ leafOfGroup: [0], order: "class" });
    assert.deepEqual(files(list).map(({ path }) => path), expected);
  }
});

Deno.test("imageListBuilder() makes an empty list, and a list refuses an index that it lacks", () => {
  const list = imageListBuilder().finish({ leafOfGroup: [], order: "class" });
  assert.deepEqual([list.length, list.leaves.length], [0, 0]);
  const builder = imageListBuilder();
  builder.add({ ...one, path: "a.jpg" }, 0);
  const single = builder.finish({ leafOfGroup: [0], order: "place" });
  for (const index of [1, -1, 0.5]) {
    assert.throws(
      () => single.file(index),
      new RangeError(`Cannot find image ${index}: there are 1`),
    );
  }
});

/** Prints the bytes that a list of `count` images takes, garbage collected. */
const measure = `
import { imageListBuilder } from "@/lib/data/listing/image_list.ts";
const count = 200_000;
const used = () => {
  gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
};
const before = used();
const builder = imageListBuilder();
for (let i = 0; i < count; i++) {
  const group = (i * 7919) % 1000, id = "n" + (10_000_000 + group);
  builder.add({ path: id + "/" + id + "_" + i + ".JPEG", size: 1e5 + i, offset: 0, tree: 0 }, group);
}
const leafOfGroup = Uint16Array.from({ length: 1000 }, (_, i) => i);
const list = builder.finish({ leafOfGroup, order: "class" });
const bytes = used() - before;
console.log(JSON.stringify({ length: list.length, added: builder.length, perImage: bytes / count }));
`;

Deno.test("imageListBuilder() takes less than 150 bytes an image", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--v8-flags=--expose-gc", measure],
    cwd: resolve(import.meta.dirname!, "../../.."),
  }).output();
  const { length, added, perImage } = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual([length, added], [200_000, 200_000]);
  // Less than this would say that nothing was measured.
  assert.ok(perImage > 40, `${perImage} bytes an image`);
  assert.ok(perImage < 150, `${perImage} bytes an image`);
});
