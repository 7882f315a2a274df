import assert from "node:assert/strict";
import {
  domain,
  images,
  linear,
  methods,
  perClass,
  resnet,
  scale,
  scratch,
  simclr,
  smoke,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { expectedBytes, plan } from "@/lib/plan/mod.ts";
import { conditions, count, domains, mini, stepsOf } from "@/tests/plan/planned.ts";

const source = domain("species");

Deno.test("plan() trains an encoder for each setting, and one where a setting is the recipe's own", () => {
  const { temperature } = methods.simclr.recipes.mini;
  const { steps } = plan(
    conditions([
      trial(simclr(source), linear("species")),
      trial(simclr(source, { training: { temperature } }), linear("species")),
      trial(simclr(source, { training: { temperature: 0.5 } }), linear("species")),
    ]),
    domains,
  );
  const trained = stepsOf("pretrain", steps);
  assert.deepEqual(trained.map(({ label }) => label), [
    "simclr on species (1M), seed 1",
    "simclr on species (1M), temperature 0.5, seed 1",
  ]);
  assert.deepEqual(trained[1]!.spec, {
    ...trained[0]!.spec,
    training: { ...methods.simclr.recipes.mini, temperature: 0.5 },
  });
  assert.equal(count(steps).probe, 2);
});

Deno.test("plan() trains and initialises the network of a declaration", () => {
  const network = resnet({ blocks: [2], width: 4 });
  const { steps } = plan(
    conditions([
      trial(simclr(source, { network }), linear("species")),
      trial(untrained({ network }), scratch("species", { settings: { epochs: 3 } })),
      trial(untrained(), scratch("species")),
    ]),
    domains,
  );
  assert.deepEqual(
    stepsOf("pretrain", steps).map(({ label, spec }) => [label, spec.network]),
    [
      ["simclr on species (1M), ResNet 2 width 4, seed 1", network],
      ["untrained, ResNet 2 width 4, seed 1", network],
      ["untrained, seed 1", mini.network],
    ],
  );
  assert.deepEqual(stepsOf("finetune", steps).map(({ spec }) => spec.settings), [
    { ...mini.finetune, epochs: 3 },
    mini.finetune,
  ]);
});

Deno.test("plan() shares a subset of so many images with a size that comes to as many", () => {
  const { steps } = plan(
    conditions([
      trial(simclr(domain("species", "50k")), linear("species")),
      trial(simclr(domain("species", images(mini.sizes["50k"]))), linear("species")),
      trial(simclr(domain("species", images(300))), linear("species")),
    ]),
    domains,
  );
  assert.deepEqual(stepsOf("subset", steps).map(({ spec }) => spec), [
    { size: mini.sizes["50k"], seed: 1 },
    { size: null },
    { size: 300, seed: 1 },
  ]);
  assert.equal(count(steps).pretrain, 2);
});

Deno.test("plan() draws labels of each class by their number and the seed, and reckons with every class having them", () => {
  const { steps } = plan(
    conditions([trial(untrained(), linear("species", { labels: perClass(5) }))], 2),
    domains,
  );
  const drawn = stepsOf("subset", steps);
  assert.deepEqual(drawn.map(({ label, spec }) => [label, spec]), [
    ["species (5 a class), seed 1", { perClass: 5, seed: 1 }],
    ["species (5 a class), seed 2", { perClass: 5, seed: 2 }],
  ]);
  const { classes, id } = domains.get("species")!;
  const bytes = expectedBytes(steps, new Map([[id, domains.get("species")!]]));
  assert.equal(bytes.get(drawn[0]!.key)! - 4000, 4 * 5 * classes);
});

Deno.test("plan() has images, network and training of each trial's scale, and names the scale where one is named", () => {
  const wide = scale({
    ...mini,
    name: "wide",
    pixels: 40,
    network: resnet({ blocks: [1], width: 32 }),
  });
  const { steps, pictures } = plan(
    conditions([
      trial(simclr(source), linear("species"), { scale: wide }),
      trial(simclr(source), linear("species")),
      trial(simclr(source), linear("species"), { scale: "smoke" }),
    ]),
    domains,
  );
  assert.deepEqual(stepsOf("ingest", steps).map(({ label }) => label), [
    "species at 40 px",
    "species at 32 px",
    `species at ${smoke.pixels} px`,
  ]);
  assert.deepEqual(
    stepsOf("pretrain", steps).map(({ label, spec }) => [label, spec.network, spec.training]),
    [
      ["simclr on species (1M), scale wide, seed 1", wide.network, methods.simclr.recipes.mini],
      ["simclr on species (1M), seed 1", mini.network, methods.simclr.recipes.mini],
      ["simclr on species (1M), scale smoke, seed 1", smoke.network, methods.simclr.recipes.smoke],
    ],
  );
  // A sheet shows the images as large as any trial sees them.
  const largest = stepsOf("ingest", steps)[0]!.key;
  const sheets = pictures.sheets.map(({ key }) => steps.find((step) => step.key === key)!);
  assert.deepEqual(sheets.map(({ needs }) => needs.images), [largest]);
});

Deno.test("plan() refuses more images than there are, and a linear probe's settings that its scale does not take", () => {
  assert.throws(
    () =>
      plan(
        conditions([trial(simclr(domain("species", images(9000))), linear("species"))]),
        domains,
      ),
    {
      name: "InputError",
      message:
        'Experiment "test": condition "simclr species (9000 images) -> linear species (all)": 9000 images of species are wanted, ' +
        "but test species has 6000 training images. Bind a larger data set, or choose a smaller size or scale",
    },
  );
  assert.throws(
    () =>
      plan(
        conditions([trial(untrained(), linear("species", { settings: { epochs: 5 } }))]),
        domains,
      ),
    {
      name: "InputError",
      message:
        /the probe "linear" at scale "mini" has no such setting: epochs 5\. Change penalties, penaltyLimits or heldOut/,
    },
  );
});
