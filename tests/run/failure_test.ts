import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { endsRun, failureIn, failureOf } from "@/lib/run/failure.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { TensorFlowError } from "@/lib/tensor/runtime.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";
import { contrastive, recipe } from "@/tests/train/small_training.ts";

Deno.test("failureOf() shows where only what is a bug", () => {
  const message = failureOf(new InputError("a.yaml", "it is empty", "Fill it"), "/s");
  assert.deepEqual(message, { kind: "bad input", message: "a.yaml: it is empty. Fill it" });
  const bug = failureOf(new TypeError("x is undefined"), "/s");
  assert.equal(bug.kind, "bug");
  assert.match(bug.message, /^TypeError: x is undefined\n +at .*failure_test\.ts/);
  for (
    const [error, kind] of [
      [new NonFiniteLossError({ step: 1, epoch: 1, loss: NaN }), "diverged"],
      [new TensorFlowError("no room", 8), "out of memory"],
      [new Error("OOM when allocating tensor"), "out of memory"],
      [new PjrtError("no room", 8), "out of memory"],
      [Object.assign(new Error("full (os error 28)"), { code: "ENOSPC" }), "disk full"],
    ] as const
  ) {
    const failure = failureOf(error, "/s");
    assert.equal(failure.kind, kind);
    assert.doesNotMatch(failure.message, /^ +at /m);
  }
});

Deno.test("failureIn() tells a training that found too little memory a smaller batch, with the rate that goes with it", () => {
  const none = { kind: "out of memory", message: "The device has not enough memory." } as const;
  const { learningRate } = recipe;
  const training = { ...recipe, batch: 64, optimizer: { name: "sgd", momentum: 0.9 } as const };
  const spec = { method: "simclr", network: contrastive.network, seed: 1, training };
  const pretrain = { kind: "pretrain", spec, needs: {}, key: "k", label: "l" } as unknown as Step;
  assert.deepEqual(failureIn(pretrain, none), {
    kind: "out of memory",
    message: "The device has not enough memory. Give it training: { batch: 32, learningRate: " +
      `${learningRate / 2} } in its experiment`,
  });
  const bug = { kind: "bug", message: "x is undefined" } as const;
  assert.deepEqual(failureIn(pretrain, bug), bug);
  const subset = { kind: "subset", spec: {}, needs: {}, key: "k", label: "l" } as unknown as Step;
  assert.deepEqual(failureIn(subset, none), none);
});

Deno.test("endsRun() is so where every other step would fail as well", () => {
  const ends = (kind: ReturnType<typeof failureOf>["kind"]) => endsRun({ kind, message: "" });
  assert.deepEqual((["disk full", "machine"] as const).map(ends), [true, true]);
  assert.deepEqual((["bad input", "bug", "killed", "out of memory"] as const).some(ends), false);
});
