import assert from "node:assert/strict";
import { makeStep, type StepKind } from "@/lib/plan/mod.ts";
import { type Origin, planGroups } from "@/lib/results/mod.ts";

function originOf(
  kind: StepKind,
  { spec = {}, needs = {}, seconds }: {
    readonly spec?: Origin["step"]["spec"];
    readonly needs?: Origin["step"]["needs"];
    readonly seconds: number;
  },
): Origin {
  const made = { seconds } as Origin["manifest"]["made"];
  return { step: makeStep({ kind, spec, needs }, kind), manifest: { made } as Origin["manifest"] };
}

Deno.test("planGroups() sums kinds and methods, and says how deep they stand and what they read", () => {
  const images = originOf("ingest", { seconds: 5 });
  const needs = { images: images.step.key };
  const untrained = originOf("pretrain", { spec: { method: "none" }, seconds: 1 });
  const [one, two] = [1, 2].map((seed) =>
    originOf("pretrain", { spec: { method: "simclr", seed }, needs, seconds: 10 * seed })
  ) as [Origin, Origin];
  const features = originOf("features", {
    needs: { ...needs, encoder: two.step.key },
    seconds: 2,
  });
  const all = [images, untrained, one, two, features];
  const { groups, edges } = planGroups(new Map(all.map((origin) => [origin.step.key, origin])));
  assert.deepEqual(groups, [
    { kind: "ingest", method: null, steps: 1, seconds: 5, depth: 0 },
    { kind: "pretrain", method: "none", steps: 1, seconds: 1, depth: 0 },
    { kind: "pretrain", method: "simclr", steps: 2, seconds: 30, depth: 1 },
    { kind: "features", method: null, steps: 1, seconds: 2, depth: 2 },
  ]);
  assert.deepEqual(edges, [[0, 2], [0, 3], [2, 3]]);
});
