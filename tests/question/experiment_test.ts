import assert from "node:assert/strict";
import { expand, resnet, role, scaleOf, type Trial } from "@/dsl/mod.ts";
import { plan, type PlanEncoder } from "@/lib/plan/mod.ts";
import {
  experimentOf,
  isQuestionId,
  labelCounts,
  partsOf,
  questionId,
} from "@/lib/question/mod.ts";
import { matches, sidesOf, subjectOf } from "@/lib/results/mod.ts";
import { selectionMistakes } from "@/lib/results/selected.ts";
import { birds, everything } from "@/tests/question/facts.ts";

/** A trial in a few words. */
function told({ representation, probe }: Trial): string {
  const encoders = representation.kind === "fusion" ? representation.encoders : [representation];
  const sizes = encoders.map(({ method, source }) =>
    source?.kind === "domain" ? `${method} ${source.size}` : method
  );
  const seen = probe.images.kind === "clean" ? "" : ` ${probe.images.kind}`;
  return `${sizes.join(" & ")} ${probe.kind} ${probe.labels}${seen}`;
}

Deno.test("partsOf() asks every encoder at every number of labels, the most important first", () => {
  const parts = partsOf(birds, { ...everything, labels: [5] });
  assert.deepEqual(
    parts.map(({ name, trials }) => [name, trials.length]),
    [
      // Three floors and an untrained network, with 5 a class and with all.
      ["start", 8],
      ["bad-images", 9],
      ["scratch", 2],
      ["own", 5],
      ["neighbours", 8],
      // Of SimCLR, colours and gradients each two.
      ["fusion", 3],
      ["finetune", 2],
      ["own-quarter", 2],
      ["own-sixteenth", 2],
    ],
  );
  const own = parts.find(({ name }) => name === "own")!;
  assert.deepEqual(own.trials.map(told), [
    "simclr all linear 5 a class",
    "simclr all linear all",
    "simclr all linear all downsample",
    "simclr all linear all jpeg",
    "simclr all linear all salt-and-pepper",
  ]);
  assert.equal(own.told, "pretraining on 2,000 of your images");
  const quarter = parts.find(({ name }) => name === "own-quarter")!;
  assert.deepEqual(quarter.trials.map(told), [
    "simclr 500 images linear 5 a class",
    "simclr 500 images linear all",
  ]);
  assert.ok(own.trials.slice(0, 2).every(({ granularity }) => granularity === "all"));
});

Deno.test("partsOf() asks encoders from outside as its own", () => {
  const parts = partsOf(birds, { encoders: ["dino"], pretrain: false });
  for (const name of ["start", "bad-images", "neighbours", "fusion", "finetune-outside"]) {
    const { trials } = parts.find((part) => part.name === name)!;
    assert.ok(trials.some((one) => told(one).includes("checkpoint")), name);
  }
  assert.ok(!parts.some(({ name }) => name === "finetune"));
  assert.ok(!parts.some(({ name }) => name.startsWith("own")));
  const two = partsOf(birds, { encoders: ["dino", "mae"], pretrain: false });
  assert.deepEqual(
    two.filter(({ name }) => name === "finetune-outside").map(({ told }) => told),
    ["fine-tuning dino", "fine-tuning mae"],
  );
});

Deno.test("experimentOf() makes an experiment that can be planned, and claims that each mean something of it", () => {
  const wishes = [
    everything,
    { ...everything, pretrain: false },
    { encoders: ["dino", "mae"], pretrain: true },
    { encoders: ["dino", "mae"], pretrain: false },
  ];
  const domains = new Map(
    [birds.role].map((name) => [name, {
      ...birds,
      id: name,
      source: name,
      dataset: "image-folder",
      dividedLevels: birds.levels,
    }]),
  );
  const outside: PlanEncoder = {
    network: resnet({ blocks: [1], width: 4 }),
    sha256: "0".repeat(64),
    pixels: 40,
    normalisation: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
  };
  const names = ["dino", "mae"];
  const encoders = {
    names,
    named: new Map(names.map((name, i) => [name, { ...outside, sha256: `${i}`.repeat(64) }])),
  };
  for (const one of wishes) {
    const made = experimentOf(partsOf(birds, one), birds, one);
    assert.deepEqual(selectionMistakes(made, () => "here"), []);
    assert.ok(plan(expand(made, scaleOf("mini")), domains, { encoders }).steps.length > 100);
  }
  const { claims, seeds, id } = experimentOf(partsOf(birds, everything), birds, everything);
  assert.equal(seeds, 2);
  assert.equal(
    experimentOf(partsOf(birds, everything), birds, { ...everything, seeds: 4 }).seeds,
    4,
  );
  assert.equal(id, "ask-birds");
  assert.deepEqual(claims.map((claim) => claim.id), [
    "learned-beats-simple",
    "own-pretraining-pays",
    "more-own-images-help",
    "scratch-falls-behind",
    "more-labels-help",
    "bad-images-cost",
  ]);
});

Deno.test("experimentOf() asks what bad images cost of the same encoders on good and on bad ones", () => {
  const wishes = { ...everything, encoders: ["dino"] };
  const made = experimentOf(partsOf(birds, wishes), birds, wishes);
  const { contrasts, statement } = made.claims.find(({ id }) => id === "bad-images-cost")!;
  assert.match(
    statement,
    /^Bad test images cost encoders from outside and the encoder pretrained on your own images more/,
  );
  const subjects = expand(made, scaleOf("mini"), { seeds: 1 })
    .map((condition) => subjectOf(condition, "finest", null));
  for (const { term } of contrasts) {
    const [good, bad] = sidesOf(term).map(({ where }) =>
      new Set(
        subjects.filter((one) => matches(where, one)).map(({ pretrain, sizes }) =>
          `${pretrain} ${sizes}`
        ),
      )
    );
    assert.deepEqual(good, bad);
    assert.equal(good!.size, 1);
  }
  assert.deepEqual(contrasts.map(({ id }) => id), ["outside", "own"]);
});

Deno.test("experimentOf() claims nothing of a handful of test images, nor of what is not asked", () => {
  const few = { ...birds, testImages: 49 };
  assert.deepEqual(experimentOf(partsOf(few, everything), few, everything).claims, []);
  const [start] = partsOf(birds, everything);
  const { claims } = experimentOf([start!], birds, everything);
  assert.deepEqual(claims.map(({ id }) => id), ["more-labels-help"]);
});

Deno.test("labelCounts() takes what the data have, and refuses what they have not", () => {
  assert.deepEqual(labelCounts(birds), [2, 5, 10, 20]);
  assert.deepEqual(labelCounts({ trainImages: 42, classes: 6 }), [1, 2]);
  assert.deepEqual(labelCounts({ trainImages: 12, classes: 12 }), []);
  assert.deepEqual(labelCounts(birds, [20, 5, 5]), [5, 20]);
  assert.throws(
    () => labelCounts(birds, [10, 50]),
    /--labels: 50 a class are asked for, but 400 training images of 10 classes are 40 a class on average\. Give smaller numbers/,
  );
  // Which would be all, and compared with all.
  assert.throws(() => labelCounts(birds, [40]), /--labels: 40 a class are asked for/);
});

Deno.test("questionId() gives each role an id of its own, which is known for a question's", () => {
  assert.equal(questionId(role("vogel-2")), "ask-vogel-2");
  assert.ok(isQuestionId(questionId("species")));
  assert.ok(!isQuestionId("asked"));
});
