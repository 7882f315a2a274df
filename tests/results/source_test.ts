import assert from "node:assert/strict";
import { sourceOfCell, type Subject } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const training = (subject: Partial<Subject>) =>
  sourceOfCell(madeCell({ condition: "c", ...subject }, [Uint8Array.of(1)])).training;

Deno.test("sourceOfCell() tells what is the same at every seed from what is not", () => {
  const kind = (subject: Partial<Subject>) =>
    sourceOfCell(madeCell(subject, [Uint8Array.of(1)])).kind;
  assert.equal(kind({ method: "pixels", pretrain: "none" }), "given");
  assert.equal(kind({ method: "checkpoint", pretrain: "dino", checkpoint: "dino" }), "given");
  // Which labels they are depends on the seed.
  assert.equal(kind({ method: "pixels", pretrain: "none", labels: "5 a class" }), "frozen");
  assert.equal(kind({ method: "none", pretrain: "none" }), "frozen");
  assert.equal(kind({}), "frozen");
  assert.equal(kind({ method: "none", probe: "scratch" }), "trained");
});

Deno.test("sourceOfCell() takes encoders of other settings, another network or scale for other trainings", () => {
  const changes = { settings: { temperature: 0.5 }, text: "temperature 0.5" };
  const all = [
    {},
    { changes },
    { network: "ResNet 2 width 1", ownNetwork: true },
    { scale: "other", ownScale: true },
  ].map(training);
  assert.equal(new Set(all).size, all.length);
  // The same training, probed with other labels or settings.
  const probeChanges = { settings: { heldOut: 0.5 }, text: "heldOut 0.5" };
  assert.equal(training({ labels: "5 a class", probeChanges }), training({}));
  assert.notEqual(training({ probe: "finetune", probeChanges }), training({ probe: "finetune" }));
});
