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
import { smallViews, twoViews } from "@/dsl/augmentations.ts";

const source = domain("species");

function refused(declare: () => unknown, message: string): void {
  assert.throws(declare, { name: "RangeError", message });
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
    "Cannot train by simclr: setting queue is not one of " +
      "epochs, minimumSteps, batch, warmupEpochs, optimizer, views, precision, learningRate, temperature, head: current value is 64",
  );
  assert.deepEqual(moco(source, { training: { queue: 64 } }).training, queue);
  assert.throws(
    () => simclr(source, { training: { method: "moco" } as object }),
    /setting method is not one of/,
  );
});

Deno.test("a setting that cannot have its value is refused by name, rule and value", () => {
  const at = "Cannot train by simclr: ";
  const wrong: readonly (readonly [object, string])[] = [
    [{ epochs: 0 }, "epochs must be a positive integer: current value is 0"],
    [{ epochs: "40" }, 'epochs must be a positive integer: current value is "40"'],
    [{ temperature: 0 }, "temperature must be a positive number: current value is 0"],
    [{ temperature: NaN }, "temperature must be a positive number: current value is null"],
    [{ warmupEpochs: -1 }, "warmupEpochs must be a number, 0 or more: current value is -1"],
    [{ minimumSteps: 0.5 }, "minimumSteps must be an integer, 0 or more: current value is 0.5"],
    [{ precision: "half" }, 'precision must be float32 or bfloat16: current value is "half"'],
    [
      { head: { hidden: 8 } },
      'head must have hidden, output, layers and nothing else: current value is {"hidden":8}',
    ],
    [
      { head: { hidden: 8, output: 4, layers: 0 } },
      "head.layers must be a positive integer: current value is 0",
    ],
    [
      { optimizer: { name: "adamw", momentum: 0.9, weightDecay: 0 } },
      'optimizer.name must be sgd or lars or adam: current value is {"name":"adamw","momentum":0.9,"weightDecay":0}',
    ],
    [
      { optimizer: { name: "adam", momentum: 0.9, weightDecay: 0 } },
      'optimizer must have name, beta1, beta2, weightDecay and nothing else: current value is {"name":"adam","momentum":0.9,"weightDecay":0}',
    ],
    [{ views: [] }, "views must be a list of 1: current value is []"],
    [
      { views: twoViews({ ...smallViews, cropArea: [0.2, 2] }) },
      "views.0.augmentation.cropArea.1 must be a number above 0, up to 1: current value is 2",
    ],
    [
      { temperature: undefined },
      "temperature must be a positive number: current value is undefined",
    ],
  ];
  for (const [training, message] of wrong) {
    refused(() => simclr(source, { training }), at + message);
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
    'Cannot train by simclr: the budget "epochs" has no minimumSteps: current value is 100',
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
    "Cannot probe by knn: neighbours.0 must be a positive integer: current value is 0.5",
  );
  refused(
    () => scratch("species", { settings: { learningRates: [] } }),
    "Cannot probe by scratch: learningRates must be a list of one or more: current value is []",
  );
  refused(
    () => knn("species", { settings: { heldOut: 1 } }),
    "Cannot probe by knn: heldOut must be a number between 0 and 1: current value is 1",
  );
  assert.throws(
    () => knn("species", { settings: { penalties: [1] } as object }),
    /setting penalties is not one of neighbours, temperature, heldOut/,
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
