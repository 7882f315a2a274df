import assert from "node:assert/strict";
import { type Method, scaleOf } from "@/dsl/mod.ts";
import { makeStep, type Recipe, type Step, type StepKind } from "@/lib/plan/mod.ts";
import { type Origin, planGroups } from "@/lib/results/mod.ts";

function originOf<K extends StepKind>(recipe: Recipe<K>, seconds: number): Origin {
  const made = { seconds } as Origin["manifest"]["made"];
  const step = makeStep(recipe, recipe.kind) as Step;
  return { step, manifest: { made } as Origin["manifest"] };
}

const { network } = scaleOf("smoke");

Deno.test("planGroups() sums kinds and methods, and gives them in the order in which they can be worked, with what they read", () => {
  const images = originOf(
    { kind: "ingest", spec: { dataset: "d", form: "world", pixels: 16 }, needs: {} },
    5,
  );
  const encoder = (method: Method, seed: number, parts: readonly string[]) =>
    originOf(
      { kind: "pretrain", spec: { method, network, seed }, needs: { images: parts, subset: [] } },
      method === "none" ? 1 : 10 * seed,
    );
  const untrained = encoder("none", 1, []);
  const [one, two] = [1, 2].map((seed) => encoder("simclr", seed, [images.step.key])) as [
    Origin,
    Origin,
  ];
  const features = originOf(
    {
      kind: "features",
      spec: {},
      needs: { images: images.step.key, encoder: two.step.key },
    },
    2,
  );
  const all = [images, untrained, one, two, features];
  const { groups, edges } = planGroups(new Map(all.map((origin) => [origin.step.key, origin])));
  assert.deepEqual(groups, [
    { kind: "ingest", method: null, steps: 1, seconds: 5 },
    { kind: "pretrain", method: "none", steps: 1, seconds: 1 },
    { kind: "pretrain", method: "simclr", steps: 2, seconds: 30 },
    { kind: "features", method: null, steps: 1, seconds: 2 },
  ]);
  assert.deepEqual(edges, [[0, 2], [0, 3], [2, 3]]);
});
