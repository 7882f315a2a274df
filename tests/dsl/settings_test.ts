import assert from "node:assert/strict";
import * as dsl from "@/dsl/mod.ts";
import {
  byol,
  changesOf,
  domain,
  finetune,
  knn,
  linear,
  methodNames,
  methods,
  moco,
  type Optimizer,
  scratch,
  simclr,
} from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { smallViews, twoViews } from "@/dsl/augmentations.ts";

const source = domain("species");

/** The place, which is the line of the declaration, is told apart elsewhere. */
function refused(declare: () => unknown, ...messages: readonly string[]): void {
  assert.throws(declare, (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.place, /^tests\/dsl\/settings_test\.ts:\d+$/);
    assert.deepEqual([`${error.problem}. ${error.remedy}`], messages);
    return true;
  });
}

Deno.test("a training's settings are kept as they were declared, and frozen", () => {
  const training = { temperature: 0.5, head: { hidden: 8, output: 4, layers: 2 } };
  const encoder = simclr(source, { training });
  assert.deepEqual(encoder.training, training);
  assert.ok(Object.isFrozen(encoder.training.head));
  assert.deepEqual(simclr(source).training, {});
  assert.equal(simclr(source).network, null);
});

Deno.test("every setting of every method can be set, as its own recipes have it", () => {
  for (const name of methodNames) {
    const declare = dsl[name] as typeof simclr;
    for (const { method, ...training } of Object.values(methods[name].recipes)) {
      const encoder = declare(source, { training: training as object });
      assert.equal(encoder.method, method);
      assert.deepEqual(encoder.training, training);
    }
  }
});

Deno.test("a setting that a method does not have is refused with those that it has", () => {
  const queue = { queue: 64 } as object;
  refused(
    () => simclr(source, { training: queue }),
    'simclr(): the field "training.queue" is not known; its value is 64. The fields are ' +
      "epochs, minimumSteps, batch, warmupEpochs, optimizer, views, precision, learningRate, temperature, head",
  );
  assert.deepEqual(moco(source, { training: { queue: 64 } }).training, queue);
  assert.throws(
    () => simclr(source, { training: { method: "moco" } as object }),
    /the field "training\.method" is not known; its value is "moco"/,
  );
});

Deno.test("a setting that cannot have its value is refused by name, rule and value", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ epochs: 0 }, "epochs is 0. Give 1, 2, 3, …"],
    [{ epochs: "40" }, 'epochs is "40". Give 1, 2, 3, …'],
    [{ temperature: 0 }, "temperature is 0. Give a number above 0"],
    [{ temperature: NaN }, "temperature is NaN. Give a number above 0"],
    [{ warmupEpochs: -1 }, "warmupEpochs is -1. Give a number, 0 or more"],
    [{ minimumSteps: 0.5 }, "minimumSteps is 0.5. Give 0, 1, 2, …"],
    [{ head: { hidden: 8, output: 4 } }, "head.layers is missing. Give 1, 2, 3, …"],
    [{ head: { hidden: 8, output: 4, layers: 0 } }, "head.layers is 0. Give 1, 2, 3, …"],
    [
      { precision: "half" },
      'precision "half" is not known. Choose among float32, bfloat16',
    ],
    [
      { optimizer: { name: "adamw", momentum: 0.9, weightDecay: 0 } },
      'optimizer.name "adamw" is not known. Did you mean "adam"? Choose among sgd, lars, adam',
    ],
    [
      { optimizer: { name: "sgd", momentum: 2, weightDecay: 0 } },
      "optimizer.momentum is 2. Give a number from 0 to 1",
    ],
    [{ views: [] }, "views is a list of 0. Give a list of 1"],
    [
      { views: twoViews({ ...smallViews, cropArea: [0.2, 2] }) },
      "views[0].augmentation.cropArea[1] is 2. Give a number above 0, up to 1",
    ],
    [{ temperature: undefined }, "temperature is undefined. Give a value, or leave it out"],
  ];
  for (const [training, message] of wrong) {
    refused(() => simclr(source, { training }), `simclr(): training.${message}`);
  }
  assert.throws(() => byol(source, { training: { baseMomentum: 1.5 } }), /a number from 0 to 1/);
});

Deno.test("any optimizer may stand for the recipe's, with the settings of its own", () => {
  const adam: Optimizer = { name: "adam", beta1: 0.9, beta2: 0.99, weightDecay: 0 };
  assert.deepEqual(simclr(source, { training: { optimizer: adam } }).training.optimizer, adam);
});

Deno.test("least steps and the budget of epochs alone contradict each other", () => {
  refused(
    () => simclr(source, { budget: "epochs", training: { minimumSteps: 100 } }),
    'simclr(): the budget "epochs" has no minimum of steps, but training.minimumSteps is 100. Leave one of the two out',
  );
});

Deno.test("probes are told settings of their own", () => {
  assert.deepEqual(finetune("species", { settings: { epochs: 3 } }).settings, { epochs: 3 });
  assert.deepEqual(linear("species", { settings: { penalties: [0.1] } }).settings, {
    penalties: [0.1],
  });
  assert.deepEqual(linear("species", { settings: { epochs: 3 } }).settings, { epochs: 3 });
  refused(
    () => knn("species", { settings: { neighbours: [0.5] } }),
    "knn(): settings.neighbours[0] is 0.5. Give 1, 2, 3, …",
  );
  refused(
    () => scratch("species", { settings: { learningRates: [] } }),
    "scratch(): settings.learningRates is empty. Give a list of one or more",
  );
  refused(
    () => knn("species", { settings: { heldOut: 1 } }),
    "knn(): settings.heldOut is 1. Give a number between 0 and 1",
  );
  assert.throws(
    () => knn("species", { settings: { penalties: [1] } as object }),
    /the field "settings\.penalties" is not known; its value is a list of 1\. The fields are neighbours, temperature, heldOut/,
  );
});

Deno.test("changesOf() tells settings in words, and of parts only what differs from the recipe", () => {
  const recipe = methods.simclr.recipes.mini;
  const text = (settings: object) => changesOf(settings as Record<string, unknown>, recipe).text;
  assert.equal(text({}), "");
  assert.equal(text({ temperature: 0.5, epochs: 40 }), "temperature 0.5, epochs 40");
  assert.equal(text({ temperature: recipe.temperature }), `temperature ${recipe.temperature}`);
  assert.equal(text({ head: { ...recipe.head, output: 128 } }), "head (output 128)");
  assert.equal(text({ head: recipe.head }), "head (the recipe’s)");
  const { views: [first, second] } = methods.dino.recipes.mini;
  const views = [{ ...first, augmentation: { ...first.augmentation, blur: 0.25 } }, {
    ...second,
    count: 9,
  }];
  assert.equal(
    changesOf({ views }, methods.dino.recipes.mini).text,
    "views (1: blur 0.25, 2: count 9)",
  );
  const [{ augmentation }] = recipe.views;
  assert.equal(
    text({ views: twoViews({ ...augmentation, blur: 0.5, cropArea: [0.5, 1] }) }),
    "views (cropArea [0.5, 1], blur 0.5)",
  );
  assert.equal(
    text({ optimizer: { name: "lars", momentum: 0.9, weightDecay: 0.01 } }),
    "optimizer (name lars, momentum 0.9)",
  );
});
