import assert from "node:assert/strict";
import {
  byol,
  colours,
  domain,
  expand,
  experiment,
  finetune,
  fuse,
  gradients,
  images as imagesOf,
  jpeg,
  knn,
  linear,
  moco,
  perClass,
  pixels,
  pool,
  resnet,
  role,
  saltAndPepper,
  type Scale,
  scale as ownScale,
  scaleOf,
  scratch,
  simclr,
  supervised,
  testOnly,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { plan } from "@/lib/plan/mod.ts";
import { findArtifact } from "@/lib/store/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";

const smoke = scaleOf("smoke");
const sizes = { "10k": 2, "50k": 4, "125k": 5, "250k": 6, "500k": 8, "1M": 12 };
const scale: Scale = { ...smoke, pixels: 16, sizes, labels: sizes };

const [one, other] = [role("one"), role("other")];
const few = { labels: "500k" } as const;

const other24 = ownScale({ ...scale, name: "other", pixels: 24 });

/** A trial of everything that the DSL can say. */
const trials = [
  trial(moco(domain(one, "1M")), linear(one)),
  trial(byol(domain(one, "1M")), knn(one)),
  trial(simclr(domain(one, "500k"), { budget: "steps" }), linear(one, few)),
  trial(simclr(pool(domain(one, "250k"), domain(other, "250k"))), linear(other)),
  trial(supervised(pool(domain(one, "250k"), domain(other, "250k"))), linear(other)),
  trial(simclr(domain(one, "500k"), { corruption: saltAndPepper(0.1) }), linear(one)),
  trial(
    simclr(pool(domain(one, "250k"), domain(other, "250k")), { corruption: jpeg(30) }),
    linear(one),
  ),
  trial(fuse(moco(domain(one, "1M")), supervised(domain(other, "1M"))), linear(one)),
  trial(fuse(moco(domain(one, "1M")), untrained()), knn(one)),
  trial(moco(domain(one, "1M")), finetune(one, few)),
  trial(untrained(), scratch(one, few)),
  trial(moco(domain(one, "1M")), linear(one, { images: jpeg(5) })),
  trial(moco(domain(one, "1M")), linear(one, { images: testOnly(jpeg(5)) })),
  trial(fuse(colours(), untrained()), knn(one, { images: testOnly(saltAndPepper(0.1)) })),
  trial(moco(domain(one, "1M")), finetune(one, { ...few, images: jpeg(5) })),
  trial(
    simclr(domain(one, imagesOf(7)), {
      training: { temperature: 0.5, epochs: 1, head: { hidden: 4, output: 4, layers: 3 } },
      network: resnet({ blocks: [1], width: 4 }),
    }),
    linear(one, { labels: perClass(2), settings: { penalties: [0.1] } }),
  ),
  trial(
    untrained({ network: resnet({ blocks: [1, 1], width: 4, block: "bottleneck" }) }),
    scratch(one, { labels: perClass(3), settings: { epochs: 1 } }),
  ),
  trial(simclr(domain(one, "500k")), linear(one), { scale: other24 }),
  trial(pixels(), linear(one)),
  trial(colours(), knn(one, { images: jpeg(5) })),
  trial(fuse(gradients({ cell: 4 }), untrained()), linear(one)),
];

Deno.test("every condition that the DSL can say is worked to its scores, at SimCLR's own linear probe too", () =>
  withBench(async ({ images, store, work }) => {
    const domains = new Map([one, other].map((name) => [name, {
      id: `content of ${name}`,
      source: name,
      dataset: "image-folder",
      trainImages: 12,
      testImages: 4,
      unlabelledImages: 0,
      classes: 2,
      levels: ["class"],
      dividedLevels: ["class"],
    }]));
    const bindings = new Map(
      [one, other].map((name) => [`content of ${name}`, {
        dataset: "image-folder" as const,
        path: images,
      }]),
    );
    const sgd = { epochs: 2, batch: 4, learningRate: 0.1, momentum: 0.9, weightDecay: 0 };
    const own = { id: "own", title: "t", question: "q", reference: "r" };
    const conditions = [
      ...expand(experiment({ ...own, trials }), scale),
      ...expand(experiment({ ...own, trials: trials.slice(0, 1) }), { ...scale, linear: sgd }),
    ];
    const planned = plan(conditions, domains);
    const { failed, skipped } = await work({ plan: planned, bindings });
    assert.deepEqual([failed, skipped].map((list) => list.map(({ label }) => label)), [[], []]);
    // The features of the same encoder, of clean images and of corrupted ones.
    const features = (seen: string) =>
      planned.steps.find(({ kind, label }) =>
        kind === "features" && label === `moco on one (1M), seed 1: features of ${seen}`
      )!;
    const [clean, corrupted] = await Promise.all(
      ["one", "one, jpeg-5"].map(async (seen) => {
        const found = await findArtifact(store, features(seen).key);
        assert.ok(found.state === "cached");
        return found.manifest;
      }),
    );
    assert.deepEqual(clean!.info, corrupted!.info);
    assert.notEqual(clean!.content, corrupted!.content);
    for (const { condition, score } of planned.conditions) {
      const found = await findArtifact(store, score);
      assert.ok(found.state === "cached" && found.manifest.kind === "score", condition.name);
      const [level] = found.manifest.info.levels;
      assert.ok(level!.top1 >= 0 && level!.top1 <= 1, condition.name);
    }
  }));
