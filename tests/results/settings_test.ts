import assert from "node:assert/strict";
import {
  byol,
  dino,
  domain,
  experiment,
  finetune,
  linear,
  mini,
  resnet,
  scale,
  simclr,
  trainingAt,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import {
  changedSettings,
  readStudy,
  type Setting,
  settingsIn,
  studySettings,
} from "@/lib/results/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const source = domain("species", "50k");
const wide = scale({ ...mini, name: "wide", network: resnet({ blocks: [1, 1, 1], width: 32 }) });

const own = experiment({
  id: "own",
  title: "Own settings",
  question: "Are they told?",
  reference: "none",
  trials: [
    trial(simclr(source), linear("species")),
    trial(byol(source), linear("species")),
    trial(dino(source), linear("species")),
    trial(simclr(source, { training: { temperature: 0.5, epochs: 24 } }), linear("species")),
    trial(untrained({ network: resnet({ blocks: [2, 2], width: 8 }) }), linear("species")),
    trial(untrained(), finetune("species", { settings: { epochs: 3 } })),
    trial(simclr(source), linear("species"), { scale: wide }),
  ],
});

/** Settings by their paths. */
function byPath(settings: readonly Setting[]): Readonly<Record<string, Setting["values"]>> {
  return Object.fromEntries(settings.map(({ path, values }) => [path.join("."), values]));
}

Deno.test("settingsIn() tells every setting there is, what has no parts first, and groups apart where they differ", () => {
  const told = settingsIn({
    views: [{ count: 2, crop: { area: [0.2, 1], flip: 0.5 } }, {
      count: 4,
      crop: { area: [0.1, 0.2], flip: 0.5 },
    }],
    epochs: 3,
    optimizer: { name: "sgd", momentum: 0.9 },
    penalties: [1, 2],
  });
  assert.deepEqual(told, [
    { path: ["epochs"], values: [3] },
    { path: ["penalties"], values: [[1, 2]] },
    { path: ["views", "count"], values: [2, 4] },
    { path: ["views", "crop", "area"], values: [[0.2, 1], [0.1, 0.2]] },
    { path: ["views", "crop", "flip"], values: [0.5] },
    { path: ["optimizer", "name"], values: ["sgd"] },
    { path: ["optimizer", "momentum"], values: [0.9] },
  ]);
});

Deno.test("studySettings() has all that methods and probes are told at each scale, and nothing of those that are not used", async () => {
  await using input = await syntheticStudy([own], { accuracy: () => 0.5, testImages: 40 });
  const all = studySettings(await readStudy(input));
  assert.deepEqual(all.map(({ scale, name }) => `${scale} ${name}`), [
    "mini simclr",
    "mini byol",
    "mini dino",
    "mini linear",
    "mini finetune",
    "wide simclr",
    "wide linear",
  ]);
  const of = (name: string, at = "mini") =>
    byPath(all.find((one) => one.name === name && one.scale === at)!.settings);
  const { method: _, ...recipe } = trainingAt(mini, "byol");
  assert.deepEqual(of("byol"), {
    ...byPath(settingsIn(recipe)),
    "network.family": ["resnet"],
    "network.stem": ["small"],
    "network.block": ["basic"],
    "network.blocks": [[1, 1, 1]],
    "network.width": [16],
  });
  assert.deepEqual(of("byol").learningRate, [recipe.learningRate]);
  assert.deepEqual(of("dino")["views.count"], [2, 4]);
  assert.deepEqual(of("simclr", "wide")["network.width"], [32]);
  assert.deepEqual(of("finetune").wholePixels, [mini.finetune.wholePixels]);
});

Deno.test("changedSettings() has what conditions change, what follows from it, and what the scale has in its place", async () => {
  await using input = await syntheticStudy([own], { accuracy: () => 0.5, testImages: 40 });
  const changed = changedSettings(await readStudy(input));
  const { temperature, epochs, minimumSteps } = trainingAt(mini, "simclr");
  assert.deepEqual(
    changed.map(({ name, changes }) => [
      name,
      ...changes.map(({ path, values, recipe }) =>
        `${path.join(".")} ${values.join()} for ${recipe.join()}`
      ),
    ]),
    [
      [
        "simclr",
        `epochs 24 for ${epochs}`,
        `minimumSteps ${minimumSteps * 2} for ${minimumSteps}`,
        `temperature 0.5 for ${temperature}`,
      ],
      ["none", "network ResNet 2-2 width 8 for ResNet 1-1-1 width 16"],
      ["finetune", `epochs 3 for ${mini.finetune.epochs}`],
    ],
  );
  assert.deepEqual(changed[0]!.experiments, ["own"]);
});
