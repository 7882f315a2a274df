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
    /a trial may occur once/,
  );
});

Deno.test("grid() refuses to yield nothing", () => {
  assert.throws(() => grid([], [linear("species")]), {
    name: "RangeError",
    message:
      "Cannot make a grid: it yields no trial: current value is 0 representations x 1 probes",
  });
});

Deno.test("pool() refuses one domain and the same domain twice", () => {
  assert.throws(() => pool(domain("species")), /two domains or more: current value is 1/);
  assert.throws(
    () => pool(domain("species", "50k"), domain("species", "1M")),
    /a role may occur once: current value is "species"/,
  );
});

Deno.test("pool() refuses parts that are not equally many images", () => {
  assert.throws(
    () => pool(domain("species", "50k"), domain("scenes", "250k")),
    /one size other than "all": current value is "50k", "250k"/,
  );
  assert.throws(
    () => pool(domain("species", "all"), domain("scenes", "all")),
    /one size other than "all": current value is "all"/,
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
  assert.throws(() => role("My Domain"), /kebab-case: current value is "My Domain"/);
  assert.throws(() => jpeg(0), /1 to 100: current value is 0/);
  assert.throws(() => saltAndPepper(0), /\(0, 1\]: current value is 0/);
  for (const share of [0, 1, 256, NaN]) {
    assert.throws(() => resize(share), new RegExp(`between 0 and 1: current value is ${share}`));
  }
});

Deno.test("experiment() refuses a bad id, no trial, and anything twice", () => {
  const one = trial(untrained(), linear("species"));
  assert.throws(
    () => experiment({ ...about, id: "Data Domain", trials: [one] }),
    /id must be kebab-case: current value is "Data Domain"/,
  );
  assert.throws(() => experiment({ ...about, id: "x", trials: [] }), /a trial or more/);
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one, one] }),
    /a trial may occur once/,
  );
  const same = claim({
    id: "c",
    statement: "s",
    term: difference(mean({ on: "species" }), mean({ on: "scenes" })),
  });
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one], claims: [same, same] }),
    /a claim's id may occur once: current value is "c"/,
  );
  assert.throws(
    () => experiment({ ...about, id: "x", trials: [one], seeds: 0 }),
    /seeds must be a positive integer: current value is 0/,
  );
});
