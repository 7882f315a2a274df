import assert from "node:assert/strict";
import {
  checkpoint,
  expand,
  experiment,
  fuse,
  knn,
  linear,
  mean,
  pixels,
  scaleOf,
  trial,
  untrained,
} from "@/dsl/mod.ts";

const mini = scaleOf("mini");

Deno.test("checkpoint() is an encoder of a name, without a source, wherever encoders stand", () => {
  const { network: _, method: __, ...rest } = untrained();
  assert.deepEqual(checkpoint("dino-r50"), {
    ...rest,
    method: "checkpoint",
    network: null,
    checkpoint: "dino-r50",
  });
  assert.ok(Object.isFrozen(checkpoint("dino-r50")));
  const own = experiment({
    ...{ id: "own", title: "t", question: "q", reference: "r" },
    trials: [
      trial(checkpoint("dino-r50"), knn("species")),
      trial(fuse(checkpoint("dino-r50"), checkpoint("mae_b.v2")), linear("species")),
      trial(fuse(pixels(), checkpoint("dino-r50")), linear("species")),
    ],
  });
  const conditions = expand(own, mini, { seeds: 1 });
  assert.deepEqual(conditions.map(({ name }) => name), [
    "checkpoint dino-r50 -> knn species (all)",
    "checkpoint dino-r50 & checkpoint mae_b.v2 -> linear species (all)",
    "pixels & checkpoint dino-r50 -> linear species (all)",
  ]);
  const [spec] = conditions[0]!.encoders;
  assert.deepEqual(spec!.network, { family: "checkpoint", name: "dino-r50" });
  assert.deepEqual([spec!.checkpoint, spec!.ownNetwork, spec!.training], ["dino-r50", false, null]);
});

Deno.test("a checkpoint's name is one that a file can give it", () => {
  for (const name of ["", "dino r50", "a & b", "-r50", "weights/r50"]) {
    assert.throws(() => checkpoint(name), { problem: `checkpoint(): name is "${name}"` });
  }
  assert.throws(() => mean({ checkpoint: "a b" }), /checkpoint is "a b"/);
  // @ts-expect-error which file it is stands in encoders.yaml
  assert.throws(() => checkpoint("dino-r50", { path: "r50.pth" }), /was given 1 more/);
  assert.throws(() => fuse(checkpoint("r50"), checkpoint("r50")), /fused with itself/);
});
