import assert from "node:assert/strict";
import {
  domain,
  downsample,
  jpeg,
  linear,
  pool,
  saltAndPepper,
  simclr,
  supervised,
  trial,
} from "@/dsl/mod.ts";
import { plan } from "@/lib/plan/mod.ts";
import { conditions, count, domains, mini, stepsOf } from "@/tests/plan/planned.ts";

Deno.test("plan() corrupts a subset once for every method, and the pretrainings read nothing else", () => {
  const trials = [simclr, supervised].flatMap((method) => [
    trial(method(domain("objects")), linear("objects")),
    trial(method(domain("objects"), { corruption: jpeg(30) }), linear("objects")),
  ]);
  const { steps, corruptions } = plan(conditions(trials), domains);
  assert.deepEqual(count(steps), {
    ingest: 1,
    subset: 2,
    corrupt: 1,
    pretrain: 4,
    features: 4,
    probe: 4,
    score: 4,
    sheet: 1,
    views: 2,
    neighbours: 1,
    classes: 1,
  });
  const [corrupt] = stepsOf("corrupt", steps), [ingest] = stepsOf("ingest", steps);
  assert.deepEqual(corrupt!.spec, { corruption: { kind: "jpeg", quality: 30 } });
  assert.deepEqual(Object.keys(corrupt!.needs), ["images", "subset"]);
  const corrupted = stepsOf("pretrain", steps).filter(({ needs }) => needs.subset === undefined);
  assert.deepEqual(corrupted.map(({ needs }) => needs), [
    { images: corrupt!.key },
    { images: corrupt!.key },
  ]);
  assert.deepEqual(corrupted.map(({ label }) => label), [
    "simclr on objects (1M), jpeg-30, seed 1",
    "supervised on objects (1M), jpeg-30, seed 1",
  ]);
  // Whatever a network was trained on, its features are those of clean images.
  for (const kind of ["features", "probe", "score"] as const) {
    for (const { needs } of stepsOf(kind, steps)) assert.equal(needs.images, ingest!.key);
  }
  assert.deepEqual(corruptions, [
    { role: "objects", corruption: { kind: "jpeg", quality: 30 }, key: corrupt!.key },
  ]);
});

Deno.test("plan() corrupts all images of a domain once for all seeds, and a drawn subset once a seed", () => {
  const corruption = downsample(2);
  const corruptSteps = (size: "all" | "1M") => {
    const trials = [trial(simclr(domain("objects", size), { corruption }), linear("objects"))];
    const { steps, corruptions } = plan(conditions(trials, 3), domains);
    assert.equal(corruptions.length, 1);
    return count(steps).corrupt;
  };
  assert.equal(corruptSteps("all"), 1);
  assert.equal(corruptSteps("1M"), 3);
});

Deno.test("plan() makes a pool of the very subsets that its domains have by themselves", () => {
  const parts = [domain("species", "250k"), domain("scenes", "250k")] as const;
  const single = parts.map((part) => trial(simclr(part), linear("species")));
  const { steps } = plan(
    conditions([...single, trial(simclr(pool(...parts)), linear("species"))]),
    domains,
  );
  const [species, scenes, pooled] = steps.filter(({ kind }) => kind === "pretrain");
  assert.deepEqual(pooled!.needs, {
    images0: scenes!.needs.images,
    subset0: scenes!.needs.subset,
    images1: species!.needs.images,
    subset1: species!.needs.subset,
  });
  assert.equal(pooled!.label, "simclr on scenes (250k) + species (250k), seed 1");
  const subsets = new Map(stepsOf("subset", steps).map(({ key, spec }) => [key, spec]));
  const sizes = [pooled!.needs.subset0!, pooled!.needs.subset1!]
    .map((key) => subsets.get(key)!).map((spec) => "size" in spec ? spec.size : spec);
  assert.deepEqual(sizes, [mini.sizes["250k"], mini.sizes["250k"]]);
});

Deno.test("plan() trains one pool however its parts were ordered, and has a sheet of each", () => {
  const parts = [domain("species", "50k"), domain("aerial", "50k"), domain("scenes", "50k")];
  const { steps, pictures: { sheets } } = plan(
    conditions([
      trial(simclr(pool(...parts)), linear("species")),
      trial(simclr(pool(...parts.toReversed())), linear("species")),
    ]),
    domains,
  );
  assert.equal(count(steps).pretrain, 1);
  assert.deepEqual(sheets.map(({ role }) => role).sort(), ["aerial", "scenes", "species"]);
});

Deno.test("plan() reads a corrupted pool from one step a domain", () => {
  const source = pool(domain("species", "50k"), domain("scenes", "50k"));
  const trials = [trial(simclr(source, { corruption: saltAndPepper() }), linear("species"))];
  const { steps, corruptions } = plan(conditions(trials), domains);
  const pooled = steps.find(({ kind }) => kind === "pretrain")!;
  assert.deepEqual(pooled.needs, {
    images0: corruptions[0]!.key,
    images1: corruptions[1]!.key,
  });
  assert.deepEqual(corruptions.map(({ role }) => role), ["scenes", "species"]);
});
