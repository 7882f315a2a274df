import assert from "node:assert/strict";
import {
  type Condition,
  domain,
  fuse,
  jpeg,
  linear,
  methods,
  moco,
  pool,
  scratch,
  simclr,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { plan } from "@/lib/plan/mod.ts";
import { conditions, domains } from "@/tests/plan/planned.ts";

Deno.test("plan() shows neighbours by the largest encoders of the very domain, and by no others", () => {
  const small = domain("species", "50k"), large = domain("species", "250k");
  const { steps, pictures: { neighbours } } = plan(
    conditions([
      trial(simclr(small), linear("species")),
      trial(simclr(large), linear("species")),
      trial(simclr(large, { corruption: jpeg(30) }), linear("species")),
      trial(simclr(pool(large, domain("objects", "250k"))), linear("species")),
      trial(fuse(simclr(large), supervised(large)), linear("species")),
      trial(supervised(small), linear("species")),
      trial(moco(large), linear("species")),
      trial(simclr(large), linear("objects")),
      trial(untrained(), scratch("species")),
    ]),
    domains,
  );
  assert.deepEqual(neighbours.map(({ role }) => role), ["species"]);
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const { needs } = byKey.get(neighbours[0]!.key)!;
  const labels = Object.entries(needs).map(([name, key]) => [name, byKey.get(key)!.label]);
  assert.deepEqual(Object.fromEntries(labels), {
    images: "species at 32 px",
    simclr: "simclr on species (250k), seed 1: features of species",
    supervised: "supervised on species (50k), seed 1: features of species",
  });
});

Deno.test("plan() shows the views of a domain once for all methods that make the same", () => {
  const images = domain("species", "50k");
  const { pictures: { views } } = plan(
    conditions([
      trial(simclr(images), linear("species")),
      trial(moco(images), linear("objects")),
      trial(supervised(images), linear("species")),
    ]),
    domains,
  );
  assert.deepEqual(views.map(({ role, methods }) => [role, ...methods]), [
    ["species", "simclr", "moco"],
    ["species", "supervised"],
  ]);
});

Deno.test("plan() shows the views of each group that a method makes", () => {
  const [condition] = conditions([trial(simclr(domain("species", "50k")), linear("species"))]);
  const { views: [large] } = methods.simclr.recipes.mini;
  const small = { count: 6, augmentation: { ...large.augmentation, pixels: 12 } };
  // As of a method that no registry has.
  const encoders = condition!.encoders.map((encoder) => ({
    ...encoder,
    training: { ...encoder.training, views: [large, small] },
  }));
  const { steps, pictures: { views } } = plan(
    [{ ...condition!, encoders } as unknown as Condition],
    domains,
  );
  const augmentations = new Map(
    steps.flatMap((step) =>
      step.kind === "views" ? [[step.key, step.spec.augmentation] as const] : []
    ),
  );
  assert.deepEqual(views.map(({ key }) => augmentations.get(key)), [
    large.augmentation,
    small.augmentation,
  ]);
});
