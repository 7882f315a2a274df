import assert from "node:assert/strict";
import {
  byol,
  claim,
  clean,
  corruptionName,
  difference,
  domain,
  downsample,
  experiment,
  fuse,
  grid,
  jpeg,
  knn,
  linear,
  mean,
  moco,
  pool,
  resize,
  role,
  saltAndPepper,
  simclr,
  trial,
  untrained,
} from "@/dsl/mod.ts";

const about = { title: "t", question: "q", reference: "r" };

Deno.test("constructors freeze all the way down", () => {
  const made = fuse(
    simclr(pool(domain("species", "250k"), domain("scenes", "250k")), { corruption: jpeg(30) }),
    byol(domain("objects")),
  );
  assert.throws(() => {
    (made.encoders[0].corruption as { quality: number }).quality = 90;
  }, TypeError);
  assert.ok(Object.isFrozen(made.encoders));
});

Deno.test("grid() pairs every representation with every probe", () => {
  const trials = grid([untrained(), moco(domain("aerial"))], [linear("aerial"), knn("scenes")]);
  assert.deepEqual(
    trials.map(({ representation, probe }) => [
      representation.kind === "encoder" ? representation.method : "",
      probe.kind,
    ]),
    [["none", "linear"], ["none", "knn"], ["moco", "linear"], ["moco", "knn"]],
  );
});

Deno.test("experiment() refuses a trial that it asks both of the paper and beyond it", () => {
  const trials = grid([untrained()], [linear("aerial")]);
  assert.throws(
    () => experiment({ id: "x", ...about, trials, beyond: trials }),
    /in "x", a trial occurs twice: /,
  );
});

Deno.test("grid() refuses to yield nothing", () => {
  assert.throws(() => grid([], [linear("species")]), {
    name: "InputError",
    message:
      /^tests\/dsl\/declare_test\.ts:\d+: grid\(\): representations is empty\. Give a list of encoders or fusions$/,
  });
});

Deno.test("pool() refuses one domain and the same domain twice", () => {
  assert.throws(() => pool(domain("species")), /it needs two domains or more, but has 1\./);
  assert.throws(
    () => pool(domain("species", "50k"), domain("species", "1M")),
    /the role "species" occurs twice\./,
  );
});

Deno.test("pool() refuses parts that are not equally many images", () => {
  assert.throws(
    () => pool(domain("species", "50k"), domain("scenes", "250k")),
    /the sizes "50k", "250k"\. Give all parts one size other than "all"/,
  );
  assert.throws(
    () => pool(domain("species", "all"), domain("scenes", "all")),
    /the sizes "all"\. Give all parts one size other than "all"/,
  );
});

Deno.test("corruptionName() tells corruptions apart by kind and parameter", () => {
  const all = [
    clean(),
    downsample(2),
    downsample(4),
    resize(0.7),
    jpeg(30),
    jpeg(31),
    saltAndPepper(),
  ];
  assert.deepEqual(all.map(corruptionName), [
    "clean",
    "downsample-2x",
    "downsample-4x",
    "resize-0.7",
    "jpeg-30",
    "jpeg-31",
    "salt-and-pepper-0.01",
  ]);
});

Deno.test("role(), jpeg(), resize() and saltAndPepper() name the value that is out of range", () => {
  assert.throws(
    () => role("My Domain"),
    /name is "My Domain"\. Give small letters, digits and single hyphens/,
  );
  assert.throws(() => jpeg(0), /quality is 0\. Give an integer of 1 to 100/);
  assert.throws(() => saltAndPepper(0), /probability is 0\. Give a number above 0, at most 1/);
  for (const share of [0, 1, 256, NaN]) {
    assert.throws(
      () => resize(share),
      new RegExp(`side is ${share}\\. Give a part of the whole side between 0 and 1`),
    );
  }
});

Deno.test("experiment() refuses a bad id, no trial, and anything twice", () => {
  const one = trial(untrained(), linear("species"));
  assert.throws(
    () => experiment({ ...about, id: "Data Domain", trials: [one] }),
    /id is "Data Domain"\. Give small letters/,
  );
  assert.throws(() => experiment({ ...about, id: "x", trials: [] }), /trials is empty/);
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one, one] }),
    /in "x", a trial occurs twice: /,
  );
  const same = claim({
    id: "c",
    statement: "s",
    term: difference(mean({ on: "species" }), mean({ on: "scenes" })),
  });
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one], claims: [same, same] }),
    /in "x", two claims have the id "c"/,
  );
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one], seeds: 0 }),
    /seeds is 0\. Give 1, 2, 3, …/,
  );
});
