import assert from "node:assert/strict";
import {
  domain,
  type Experiment,
  experiment,
  linear,
  mini,
  scale,
  simclr,
  small,
  trial,
  type TrialOptions,
} from "@/dsl/mod.ts";
import { sameWorld } from "@/lib/cli/world_size.ts";
import { defaultBindings } from "@/lib/data/mod.ts";

const bound = defaultBindings();

function at(id: string, ...scales: readonly NonNullable<TrialOptions["scale"]>[]): Experiment {
  const of = (options: TrialOptions) =>
    trial(simclr(domain("species")), linear("species"), options);
  return experiment({
    id,
    title: "t",
    question: "q",
    reference: "r",
    trials: [of({}), ...scales.map((scale) => of({ scale }))],
  });
}

const plain = at("plain"), mixed = at("mixed", "small"), less = at("less", "smoke");
const wide = at("wide", scale({ ...mini, name: "wide", pixels: 40 }));

Deno.test("sameWorld() draws what the command's scale draws, and for scales that need no more too", () => {
  const found = sameWorld([plain, less, wide], { scale: mini, bound, isAll: false, beyond: false });
  assert.deepEqual(found, { experiments: [plain, less, wide], world: mini.world, leftOut: [] });
});

Deno.test("sameWorld() draws for an experiment by itself as much as the largest of its scales does", () => {
  const found = sameWorld([mixed], { scale: mini, bound, isAll: false, beyond: false });
  assert.deepEqual(found, { experiments: [mixed], world: small.world, leftOut: [] });
});

const sentence =
  'experiment "mixed" needs built-in worlds of 120000 training and 10000 test images, but the scale mini draws 5000 and 4000';

Deno.test("sameWorld() leaves out of all what needs larger worlds, and refuses it beside others", () => {
  assert.deepEqual(sameWorld([plain, mixed], { scale: mini, bound, isAll: true, beyond: false }), {
    experiments: [plain],
    world: mini.world,
    leftOut: [`left out: ${sentence}`],
  });
  assert.throws(
    () => sameWorld([plain, mixed], { scale: mini, bound, isAll: false, beyond: false }),
    {
      name: "InputError",
      message: `Command line: ${sentence}. Run it on its own`,
    },
  );
});

Deno.test("sameWorld() lets experiments on bound data run together, whatever their scales", () => {
  const species = { dataset: "image-folder", path: "x" } as const;
  const found = sameWorld([plain, mixed], {
    scale: mini,
    bound: { ...bound, species },
    isAll: false,
    beyond: false,
  });
  assert.deepEqual(found, { experiments: [plain, mixed], world: mini.world, leftOut: [] });
});
