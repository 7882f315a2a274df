import assert from "node:assert/strict";
import {
  colours,
  finetune,
  floors,
  fuse,
  gradients,
  jpeg,
  knn,
  linear,
  perClass,
  pixels,
  scratch,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { expectedBytes, expectedSeconds, memoryModel, plan } from "@/lib/plan/mod.ts";
import { conditions, count, domains, stepsOf } from "@/tests/plan/planned.ts";

Deno.test("plan() of floors has no step that makes an encoder, and one of features for all seeds", () => {
  const trials = [
    trial(pixels(), linear("species")),
    trial(pixels(), knn("species", { labels: perClass(2) })),
    trial(pixels({ side: 8 }), linear("species")),
    trial(pixels(), linear("species", { images: jpeg(5) })),
    trial(fuse(pixels(), untrained()), linear("species")),
  ];
  const { steps, conditions: planned } = plan(conditions(trials, 2), domains);
  const features = stepsOf("features", steps);
  // Of an untrained encoder one a seed.
  assert.deepEqual(features.map(({ label, spec }) => [label, spec]), [
    ["pixels: features of species", { floor: floors.pixels }],
    ["pixels, 8 x 8 pixels: features of species", { floor: { family: "pixels", side: 8 } }],
    ["pixels: features of species, jpeg-5", { floor: floors.pixels }],
    ["untrained, seed 1: features of species", {}],
    ["untrained, seed 2: features of species", {}],
  ]);
  assert.equal(count(steps).pretrain, 2);
  const [first] = features;
  assert.deepEqual(Object.keys(first!.needs), ["images"]);
  assert.deepEqual(planned[0]!.encoders, [first!.key]);
  const fused = stepsOf("probe", steps).find(({ label }) => label.startsWith("pixels & none"))!;
  assert.equal(fused.needs.features0, first!.key);
});

Deno.test("plan() knows what the features of floors take, hold and store", () => {
  const { steps } = plan(
    conditions([pixels(), colours(), gradients()].map((one) => trial(one, linear("species")))),
    domains,
  );
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const bytes = expectedBytes(steps, sizes), seconds = expectedSeconds(steps, sizes);
  const features = stepsOf("features", steps);
  // 7,500 images of 768, 512 and 324 numbers of 4 bytes, beside the manifest.
  assert.deepEqual(
    features.map(({ key }) => bytes.get(key)),
    [768, 512, 324].map((length) => 4000 + 4 * 7500 * length),
  );
  const { heldBy } = memoryModel(steps, sizes);
  // Of the 6,000 training images, in the machine's own memory.
  assert.deepEqual(
    features.map((step) => heldBy(step)),
    [768, 512, 324].map((length) => ({ host: 4 * 6000 * length, device: 0, divided: 0 })),
  );
  // A probe reads them all.
  for (const probe of stepsOf("probe", steps)) assert.ok(heldBy(probe).host > 4 * 7500 * 324);
  for (const { key } of features) assert.ok(seconds.get(key)! > 0.7 && seconds.get(key)! < 10);
});

Deno.test("plan() refuses to train a floor, and one that needs more pixels than there are", () => {
  const mistakes = [
    [
      trial(colours(), finetune("species")),
      'the probe "finetune" trains a network, but "colours" has none',
      'Use "linear" or "knn" for it',
    ],
    [
      trial(pixels(), scratch("species")),
      'the probe "scratch" trains a network, but "pixels" has none',
      'Use "linear" or "knn" for it',
    ],
    [
      trial(gradients({ cell: 20 }), linear("species")),
      "gradients with blocks of 2 cells of 20 px need 40 px, but see images of 32 px",
      "Choose a larger scale, or smaller cells or blocks",
    ],
    [
      trial(gradients({ side: 12 }), linear("species")),
      "gradients with blocks of 2 cells of 8 px need 16 px, but see images of 12 px",
      "Give a larger side, or smaller cells or blocks",
    ],
  ] as const;
  for (const [wrong, problem, remedy] of mistakes) {
    assert.throws(() => plan(conditions([wrong]), domains), { problem, remedy });
  }
});
