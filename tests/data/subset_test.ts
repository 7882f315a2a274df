import assert from "node:assert/strict";
import { scaleOf } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { type PackedImage, readPack } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { classSubset, subsetIndices } from "@/lib/data/subset.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

Deno.test("subsetIndices() nests every smaller size of a seed in every larger one", () => {
  const random = randomAt(1, "test");
  for (let trial = 0; trial < 50; trial++) {
    const count = 2 + random.integer(2000), seed = random.integer(1e9);
    const large = 1 + random.integer(count), small = 1 + random.integer(large);
    const whole = subsetIndices(count, { size: large, seed });
    assert.equal(whole.length, large);
    assert.deepEqual(subsetIndices(count, { size: small, seed }), whole.subarray(0, small));
    assert.equal(new Set(whole).size, large);
    assert.ok(whole.every((i) => i < count));
  }
});

Deno.test("subsetIndices() nests all sizes of a scale, as the paper names them", () => {
  for (const name of ["smoke", "mini", "small"] as const) {
    const scale = scaleOf(name);
    const counts = Object.values(scale.sizes).sort((a, b) => a - b);
    const largest = subsetIndices(scale.world.train, { size: counts.at(-1)!, seed: 3 });
    for (const size of counts) {
      const subset = subsetIndices(scale.world.train, { size, seed: 3 });
      assert.deepEqual(subset, largest.subarray(0, size));
    }
  }
});

Deno.test("subsetIndices() of a pack's training images reach no test image, whatever the size and seed", () =>
  inTempDir(async (dir) => {
    const px = 2, leaves = [{ name: "a", path: ["a"] }];
    /** Images that are all of one value: 1 in the training split, 2 in the test split. */
    async function* images(count: number, value: number): AsyncGenerator<PackedImage> {
      for (let i = 0; i < count; i++) {
        yield await Promise.resolve({ image: new Uint8Array(px * px * 3).fill(value), leaf: 0 });
      }
    }
    const hierarchy = { levels: ["leaf"], leaves };
    await writePack(dir, { px, hierarchy, train: images(40, 1), test: images(15, 2) });
    const pack = await readPack(dir);
    const random = randomAt(2, "test");
    for (let trial = 0; trial < 30; trial++) {
      const size = 1 + random.integer(pack.train), seed = random.integer(1e9);
      const read = await pack.split("train").read(subsetIndices(pack.train, { size, seed }));
      assert.equal(read.length, size * px * px * 3);
      assert.ok(read.every((value) => value === 1));
    }
    assert.throws(() => subsetIndices(pack.train, { size: pack.train + 1, seed: 1 }));
  }));

Deno.test("subsetIndices() depends on the seed", () => {
  const of = (seed: number) => subsetIndices(100, { size: 50, seed });
  assert.notDeepEqual(of(1), of(2));
  assert.deepEqual(of(1), of(1));
});

Deno.test("subsetIndices() draws every image equally often", () => {
  const count = 20, size = 5, trials = 4000;
  const hits = new Float64Array(count);
  for (let seed = 0; seed < trials; seed++) {
    for (const i of subsetIndices(count, { size, seed })) hits[i]!++;
  }
  const expected = trials * size / count;
  const chiSquared = hits.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // The 99.9 % quantile for 19 degrees of freedom; without replacement the spread is smaller still.
  assert.ok(chiSquared < 43.8, `chi squared ${chiSquared}`);
});

Deno.test("subsetIndices() refuses a size that the domain cannot give", () => {
  const place = "experiments/x.ts: size";
  assert.throws(() => subsetIndices(100, { size: 101, seed: 1, place }), {
    name: "InputError",
    message:
      "experiments/x.ts: size: the size 101 is larger than the domain, which has 100 training images. " +
      "Ask for at most 100, or bind a larger data set",
  });
  for (const size of [0, -1, 1.5, NaN]) {
    assert.throws(
      () => subsetIndices(100, { size, seed: 1 }),
      inputError(`subset size: the size is ${size}`),
    );
  }
});

Deno.test("classSubset() draws as many of each class, inside every larger one of the seed, and all of a class that has fewer", () => {
  const random = randomAt(3, "test");
  for (let trial = 0; trial < 30; trial++) {
    const classes = 1 + random.integer(12), seed = random.integer(1e9);
    const labels = Uint16Array.from(
      { length: 1 + random.integer(300) },
      () => random.integer(classes),
    );
    const of = Map.groupBy(labels, (label) => label);
    let inside: ReadonlySet<number> = new Set();
    for (let perClass = 1; perClass < 40; perClass += 1 + random.integer(8)) {
      const { indices, short } = classSubset(labels, { classes, perClass, seed });
      const drawn = Map.groupBy(indices, (image) => labels[image]!);
      for (const [label, all] of of) {
        assert.equal(drawn.get(label)!.length, Math.min(perClass, all.length));
      }
      const few = Array.from({ length: classes }, (_, label) => of.get(label)?.length ?? 0);
      assert.equal(short, few.filter((all) => all < perClass).length);
      const now = new Set(indices);
      assert.equal(now.size, indices.length);
      assert.ok(inside.isSubsetOf(now));
      inside = now;
    }
  }
});

Deno.test("classSubset() draws others at another seed, each image of a class equally often", () => {
  const labels = Uint16Array.from({ length: 20 }, (_, image) => image % 2);
  const hits = new Float64Array(20);
  for (let seed = 0; seed < 4000; seed++) {
    for (const image of classSubset(labels, { classes: 2, perClass: 3, seed }).indices) {
      hits[image]!++;
    }
  }
  const expected = 4000 * 3 / 10;
  const chiSquared = hits.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // The 99.9 % quantile for 18 degrees of freedom.
  assert.ok(chiSquared < 42.3, `chi squared ${chiSquared}`);
});
